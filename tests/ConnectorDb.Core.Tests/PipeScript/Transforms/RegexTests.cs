using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.PipeScript.Transforms;

/// <summary>The syntax of RE2 where it differs from that of .NET.</summary>
public sealed class RegexTests
{
    [Theory]
    [InlineData("a", "banana", true)]
    [InlineData("^a", "banana", false)]
    [InlineData("a$", "banana\n", false)]
    [InlineData("(?m)a$", "banana\nx", true)]
    [InlineData("(?m)^x", "banana\nx", true)]
    [InlineData("^x", "banana\nx", false)]
    [InlineData("a.b", "a\nb", false)]
    [InlineData("(?s)a.b", "a\nb", true)]
    [InlineData("(?s:a.)b.", "a\nb\n", false)]
    [InlineData("(?i)ABC", "xabcx", true)]
    [InlineData("(?i:A)B", "aB", true)]
    [InlineData("(?i:A)B", "ab", false)]
    [InlineData("(?P<word>b)", "abc", true)]
    [InlineData("(?U)a+", "caat", true)]
    [InlineData(@"^\d+$", "123", true)]
    [InlineData(@"^\d$", "٣", false)]
    [InlineData(@"^\w$", "ä", false)]
    [InlineData(@"^\W$", "ä", true)]
    [InlineData(@"\s", "\u00a0", false)]
    [InlineData(@"^\S$", "\u00a0", true)]
    [InlineData(@"^[^\D]$", "5", true)]
    [InlineData(@"^[\W]$", "-", true)]
    [InlineData(@"^\pL$", "ä", true)]
    [InlineData(@"^\p{Lu}$", "Ä", true)]
    [InlineData(@"^\P{Lu}$", "ä", true)]
    [InlineData(@"^\p{^Lu}$", "ä", true)]
    [InlineData(@"^[\pN]$", "7", true)]
    [InlineData(@"^[[:alpha:]]+$", "abc", true)]
    [InlineData(@"^[[:^alpha:]]+$", "123", true)]
    [InlineData(@"^[a-c[:digit:]_-]+$", "a1_-b", true)]
    [InlineData(@"^[]a]+$", "]a", true)]
    [InlineData(@"^[^]a]+$", "bc", true)]
    [InlineData(@"^[a-z-[b]$", "b]", false)]
    [InlineData(@"\Qa.b\E+", "a.bbb", true)]
    [InlineData(@"\Qa.b\E", "axb", false)]
    [InlineData(@"^\x41\x{42}\103$", "ABC", true)]
    [InlineData(@"^\x{1F600}$", "😀", true)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^😀+$", "😀😀", true)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😂]$", "😁", true)]
    [InlineData("a{2}", "caat", true)]
    [InlineData("a{,2}", "a{,2}", true)]
    [InlineData("x{", "x{", true)]
    [InlineData("a*?b|c", "aab", true)]
    [InlineData(@"\bcat\b", "a cat sat", true)]
    [InlineData(@"\Acat\z", "cat", true)]
    [InlineData(@"\.", ".", true)]
    [InlineData("", "anything", true)]
    [InlineData("(|a)*", "b", true)]
    public void Patterns_of_RE2_match(string pattern, string text, bool matches)
        => Assert.Equal(matches, Run(pattern, text));

    [Theory]
    [InlineData("*")]
    [InlineData("a**")]
    [InlineData("a{2}{3}")]
    [InlineData("^[^😀-😂]$")]
    [InlineData("a{3,2}")]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[b-a]")]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?>a)")]
    [InlineData("(?x)a")]
    [InlineData(@"(a)\1")]
    [InlineData(@"\8")]
    [InlineData(@"\Z")]
    [InlineData(@"\C")]
    [InlineData(@"\p{Greek}")]
    [InlineData(@"\p")]
    [InlineData(@"\x")]
    [InlineData(@"\x{110000}")]
    [InlineData("[[:nonsense:]]")]
    [InlineData(@"a\")]
    [InlineData("((a{1000}){1000}){1000}")]
    public void Patterns_that_RE2_does_not_have_are_rejected(string pattern)
        => Assert.Throws<ScriptSyntaxException>(() => Script.Parse(Quoted(pattern)));

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)*x")]
    [InlineData("(a?){50}b{50}")]
    public void Patterns_that_hang_backtracking_engines_end(string pattern)
        => Assert.False(Run(pattern, new string('a', 20_000) + "!"));

    private static string Quoted(string pattern) => $"regex({new ScriptText(pattern)})";

    private static bool Run(string pattern, string text)
        => ScriptResult.Of(Quoted(pattern), [Blocks.Narrow([new(1, DataValue.From(text))])]).Output[0].Value.AsBoolean();

    private sealed record ScriptText(string Text)
    {
        public override string ToString()
            => $"\"{Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
