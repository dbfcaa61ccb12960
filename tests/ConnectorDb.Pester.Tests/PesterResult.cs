namespace ConnectorDb.Pester.Tests;

/// <summary>The result of an It, or of a block or a file that failed as a whole.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Name">The names of the blocks and of the It.</param>
/// <param name="Result">Passed, Failed, Skipped, Inconclusive or NotRun.</param>
/// <param name="Message">The errors, or the reason for the skip.</param>
public sealed record PesterResult(string File, string Name, string Result, string Message)
{
    public override string ToString() => $"{File}: {Name}";
}
