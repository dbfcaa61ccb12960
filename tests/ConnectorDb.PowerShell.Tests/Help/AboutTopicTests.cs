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
    public void A_list_stays_together()
        => Assert.Contains(
            "    - a can\n    - a hose\n\n",
            AboutTopic.Make("about_Water", "# about_Water\n\n- a can\n- a `hose`\n"),
            StringComparison.Ordinal);
}
