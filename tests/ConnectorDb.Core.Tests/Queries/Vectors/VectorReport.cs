using Xunit.Abstractions;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

/// <summary>Counts and prints the outcomes of the vectors, and fails when one did not pass.</summary>
internal sealed class VectorReport(ITestOutputHelper output)
{
    private readonly SortedDictionary<string, int> _excluded = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];
    private int _passed;

    public void Exclude(string reason) => _excluded[reason] = _excluded.GetValueOrDefault(reason) + 1;

    public void Add(Vector vector, string? failure)
    {
        if (failure is null)
        {
            _passed++;
        }
        else
        {
            _failures.Add($"{vector.Id}: {failure}");
        }
    }

    public void Finish()
    {
        output.WriteLine($"ran {_passed + _failures.Count}, passed {_passed}, excluded {_excluded.Values.Sum()}");
        foreach ((string reason, int count) in _excluded)
        {
            output.WriteLine($"  excluded {count}: {reason}");
        }

        Assert.True(_failures.Count == 0, $"{_failures.Count} vectors failed:\n" + string.Join('\n', _failures.Take(20)));
        Assert.True(_passed > 0);
    }
}
