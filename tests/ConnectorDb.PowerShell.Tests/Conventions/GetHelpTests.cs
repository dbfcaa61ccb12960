using System.Management.Automation;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>Get-Help in a session that has imported the built module.</summary>
public sealed class GetHelpTests : ModuleTest
{
    [Fact]
    public void Get_Help_shows_the_synopsis_of_the_page()
        => Assert.Equal("Adds datapoints to a stream.", Get("(Get-Help Add-CdbDatapoint).Synopsis").Single()!.ToString());

    [Fact]
    public void Get_Help_shows_the_examples_of_the_page()
    {
        IReadOnlyList<PSObject?> examples = Get("(Get-Help Add-CdbDatapoint -Examples).examples.example | ForEach-Object code");

        Assert.True(examples.Count >= 2);
        Assert.Contains(examples, e => e!.ToString().Contains("| Add-CdbDatapoint temperature", StringComparison.Ordinal));
    }

    [Fact]
    public void Get_Help_explains_a_parameter()
        => Assert.NotEmpty(Get("(Get-Help Add-CdbDatapoint -Parameter Restamp).description | ForEach-Object Text").Single()!.ToString());

    [Fact]
    public void Get_Help_knows_every_cmdlet_of_the_module()
        => Assert.Empty(Get("Get-Command -Module ConnectorDb | Where-Object { (Get-Help $_.Name).examples.example.Count -lt 2 } | ForEach-Object Name"));

    [Theory]
    [InlineData("about_ConnectorDb", "LONG DESCRIPTION")]
    [InlineData("about_PipeScript", "map")]
    [InlineData("about_CdbScriptBlocks", "$using:")]
    public void Get_Help_shows_the_topic(string topic, string word)
        => Assert.Contains(word, Get($"Get-Help {topic}").Single()!.ToString(), StringComparison.Ordinal);
}
