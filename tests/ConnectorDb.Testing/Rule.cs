namespace ConnectorDb.Testing;

public static class Rule
{
    /// <summary>Fails with everything that breaks a rule, one a line.</summary>
    public static void Holds(IEnumerable<string> broken)
    {
        string[] lines = [.. broken];
        if (lines.Length > 0)
        {
            Assert.Fail(string.Join(Environment.NewLine, lines));
        }
    }
}
