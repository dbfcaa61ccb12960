namespace ConnectorDb.Core.Csv;

/// <summary>The progress of an import.</summary>
/// <param name="Rows">Rows that were read.</param>
/// <param name="Share">The part of the file that was read, 0 to 1.</param>
public readonly record struct CsvImportStep(long Rows, double Share);
