namespace ConnectorDb.PowerShell.Serving;

/// <summary>The last lines of the log of a server.</summary>
internal sealed class ServerLog
{
    private const int Capacity = 500;
    private readonly Queue<string> _lines = new();

    public string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return _lines.ToArray();
            }
        }
    }

    /// <param name="line">The line; null at the end of the log.</param>
    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Capacity)
            {
                _lines.Dequeue();
            }
        }
    }
}
