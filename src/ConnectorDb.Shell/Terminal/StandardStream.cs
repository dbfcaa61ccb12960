namespace ConnectorDb.Shell.Terminal;

/// <summary>The outputs of a process, by the numbers that Windows gives them.</summary>
internal enum StandardStream
{
    Output = -11,
    Error = -12,
}
