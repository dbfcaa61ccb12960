namespace ConnectorDb.PowerShell.Serving;

/// <summary>The last lines that a server has written.</summary>
internal sealed class ServerLog
{
    private const int MostKept = 500;
    private readonly Queue<string> _lines = new();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return _lines.ToArray();
            }
        }
    }

    /// <param name="line">Null when there are no more.</param>
    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MostKept)
            {
                _lines.Dequeue();
            }
        }
    }
}
