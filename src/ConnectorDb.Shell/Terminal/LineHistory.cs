namespace ConnectorDb.Shell.Terminal;

/// <summary>The lines typed before, walked with the arrow keys.</summary>
internal sealed class LineHistory
{
    private readonly List<string> _lines = [];
    private int _position;

    public void Add(string line)
    {
        if (line.Length > 0 && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
        }

        _position = _lines.Count;
    }

    /// <summary>The line before the one shown; the oldest stays.</summary>
    public string? Previous() => _lines.Count == 0 ? null : _lines[_position = Math.Max(0, _position - 1)];

    /// <summary>The line after the one shown; after the newest an empty one.</summary>
    public string Next()
    {
        _position = Math.Min(_lines.Count, _position + 1);
        return _position == _lines.Count ? "" : _lines[_position];
    }
}
