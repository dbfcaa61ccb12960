using ConnectorDb.Help.GetHelp;

namespace ConnectorDb.PowerShell.Tests.Help;

public sealed class AboutTopicTests
{
    [Fact]
    public void A_topic_has_the_heading_that_Get_Help_expects()
        => Assert.StartsWith(
            "TOPIC\n    about_Water\n\nSHORT DESCRIPTION\n    Waters plants.\n\n",
            AboutTopic.Make("about_Water", "# about_Water\n\n## SHORT DESCRIPTION\n\nWaters *plants*.\n"),
            StringComparison.Ordinal);

    [Fact]
    public void Text_is_wrapped_and_code_is_not()
    {
        string words = string.Join(' ', Enumerable.Repeat("water", 30));
        string topic = AboutTopic.Make("about_Water", $"# about_Water\n\n{words}\n\n```\n{words}\n```\n");

        Assert.All(topic.Split('\n').Where(l => !l.StartsWith("        ", StringComparison.Ordinal)), l => Assert.True(l.Length <= 78));
        Assert.Contains("        " + words, topic, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_of_several_words_is_quoted()
        => Assert.Contains(
            "sum and 'if last' and '$ > 1'.",
            AboutTopic.Make("about_Water", "# about_Water\n\n`sum` and `if last` and `'$ > 1'`.\n"),
            StringComparison.Ordinal);

    [Fact]
    public void A_table_has_aligned_columns_and_no_markdown()
        => Assert.Contains(
            """
                    operator  meaning
                    --------  -------
                    |         the next stage
                    or, and   logic
            """ + "\n\n",
            AboutTopic.Make("about_Water", "# about_Water\n\n| operator | meaning |\n|---|---|\n| `\\|` | the next stage |\n| `or`, `and` | logic |\n").ReplaceLineEndings("\n"),
            StringComparison.Ordinal);

    [Fact]
    public void The_last_column_of_a_table_wraps()
        => Assert.All(
            AboutTopic.Make("about_Water", $"# about_Water\n\n| a | b |\n|---|---|\n| 1 | {string.Join(' ', Enumerable.Repeat("water", 30))} |\n").Split('\n'),
            line => Assert.True(line.Length <= 78));

    [Fact]
    public void A_list_stays_together()
        => Assert.Contains(
            "    - a can\n    - a hose\n\n",
            AboutTopic.Make("about_Water", "# about_Water\n\n- a can\n- a `hose`\n"),
            StringComparison.Ordinal);
}
