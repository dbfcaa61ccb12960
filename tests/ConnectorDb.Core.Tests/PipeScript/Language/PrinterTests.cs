using System.Text;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.PipeScript.Language;
using CsCheck;

namespace ConnectorDb.Core.Tests.PipeScript.Language;

public sealed class PrinterTests
{
    [Fact]
    public void A_printed_script_parses_to_the_same_script()
        => ExpressionGenerator.Expressions.Sample(
            expression => ExpressionGenerator.Describe(Parser.Parse(new SourceText(Printer.Print(expression)))) == ExpressionGenerator.Describe(expression),
            iter: 5000,
            print: Printer.Print);

    [Theory]
    [InlineData("if $>3", "if($ > 3)")]
    [InlineData("map $%2 count", "map($ % 2, count)")]
    [InlineData("1+2*3-(4-5)", "1 + 2 * 3 - (4 - 5)")]
    [InlineData("not ($ > 3 and x)", "not ($ > 3 and x)")]
    [InlineData("-(2 ^ 2) ^ 3", "-(2 ^ 2) ^ 3")]
    [InlineData("-2 ^ 2", "-2 ^ 2")]
    [InlineData("1 + not $ > 3", "1 + (not $ > 3)")]
    [InlineData("$['a']:$[\"b\"]", "$(\"a\") | $(\"b\")")]
    [InlineData("1 + ($ | sum)", "1 + $:sum")]
    [InlineData("($ + 1):sum", "$ + 1 | sum")]
    [InlineData("{'a':1,\"b\":[2]}", "{\"a\": 1, \"b\": 2}")]
    [InlineData("'a\\n\"\\'b\\\\'", "\"a\\n\\\"'b\\\\\"")]
    [InlineData("count()", "count")]
    [InlineData("000012.50", "12.5")]
    public void There_is_one_canonical_form(string script, string canonical)
        => Assert.Equal(canonical, Printer.Print(Parser.Parse(new SourceText(script))));

    [Fact]
    public void Random_text_is_a_script_or_a_syntax_error()
        => Gen.OneOf(Gen.Byte.Array[0, 60].Select(Encoding.UTF8.GetString), Words.Array[0, 20].Select(string.Concat))
            .Sample(
                text =>
                {
                    Exception? refusal = Record.Exception(() => Script.Parse(text));
                    return refusal is null or ScriptSyntaxException;
                },
                iter: 20_000);

    private static Gen<string> Words { get; } = Gen.OneOf(
        " ", "\t", "\n", "$", "count", "if", "map", "sum", "last", "next", "while", "(", ")", "[", "]", "{", "}", ",", ":", "|", "+", "-", "*", "/", "%", "^",
        "<", ">=", "==", "!=", "and", "or", "not ", "true", "1", "2.5", "'a'", "\"b\"", "'", "\\", ".", "\0", "é", "reduce", "top", "$('a')", "regex('[')", "bucket", "resample");
}
