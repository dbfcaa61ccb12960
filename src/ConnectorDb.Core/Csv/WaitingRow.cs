namespace ConnectorDb.Core.Csv;

/// <summary>A row whose time depends on the next rows.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Fields">The fields with their quotes.</param>
/// <param name="Text">The whole row.</param>
internal sealed record WaitingRow(long Line, string[] Fields, string Text);
