namespace ConnectorDb.Core.Csv;

/// <summary>The order of the rows of a file.</summary>
/// <param name="IsSorted">The rows are sorted afterwards, so any order is right.</param>
/// <param name="IsDescending">The rows go from the newest to the oldest.</param>
internal readonly record struct CsvRowOrder(bool IsSorted, bool IsDescending);
