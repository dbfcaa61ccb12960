using ConnectorDb.Csv;

namespace ConnectorDb.Core.Csv;

/// <summary>Rows that were read together: their lines, and those that have problems.</summary>
internal sealed class CsvChunk
{
    private readonly List<long> _lines = new(1024);
    private readonly Dictionary<int, string> _texts = [];
    private readonly Dictionary<int, List<string>> _problems = [];

    public int Rows => _lines.Count;

    /// <summary>Fields without a value.</summary>
    public long Missing { get; set; }

    /// <summary>Characters of the values that are texts.</summary>
    public long Text { get; set; }

    public int AddRow(long line)
    {
        _lines.Add(line);
        return _lines.Count - 1;
    }

    public long LineOf(int row) => _lines[row];

    /// <summary>Keeps the text of a row that may be rejected later.</summary>
    public void Keep(int row, string text) => _texts.TryAdd(row, text);

    public bool IsKept(int row) => _texts.ContainsKey(row);

    public void Reject(int row, string problem)
    {
        if (!_problems.TryGetValue(row, out List<string>? problems))
        {
            _problems[row] = problems = [];
        }

        problems.Add(problem.Replace("\0", @"\0", StringComparison.Ordinal));
    }

    /// <summary>The rejected rows in the order of their lines.</summary>
    public IEnumerable<CsvRejectedRow> Rejected
        => _problems.OrderBy(row => _lines[row.Key]).Select(row => new CsvRejectedRow(_lines[row.Key], string.Join(" ", row.Value), _texts.GetValueOrDefault(row.Key, "")));
}
