using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Shell;

/// <summary>The tutorial of the README, block by block, on a store of the test.</summary>
public sealed partial class TutorialTests : ModuleTest
{
    [Fact]
    public void Each_block_of_the_tutorial_does_what_is_said()
    {
        string[] blocks = Blocks();
        Assert.Equal(8, blocks.Length);
        Get("$PSDefaultParameterValues = @{ 'Connect-Cdb:Path' = $Store; 'Watch-CdbStream:Timeout' = '1m' }");
        for (int i = 0; i < blocks.Length; i++)
        {
            Get(blocks[i] + AfterBlock(i));
        }
    }

    /// <summary>What a block left, checked where its reader would look.</summary>
    private static string AfterBlock(int block) => "\n" + block switch
    {
        1 => "if ((Get-CdbDatapoint door).Data -ne $true) { throw 'The door is shut.' }",
        3 => "if ((Get-CdbDatapoint lamp/light_control -Downlink).Origin -ne 'me/user' -or (Get-CdbStream lamp/light_control).Count) { throw 'Nobody asked, or somebody answered.' }",
        5 => "if ((Get-CdbDatapoint lamp/light_control -Connection $me).Data -ne $true) { throw 'The light is out.' }; $PSDefaultParameterValues = @{ 'Start-CdbServer:Path' = $Store }",
        7 => "if (Get-CdbConnection) { throw 'Somebody is connected.' }",
        _ => "",
    };

    private static string[] Blocks()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string section = readme[readme.IndexOf("## Tutorial", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        return [.. Fence().Matches(section).Select(fence => fence.Groups[1].Value)];
    }

    [GeneratedRegex(@"^```powershell\r?\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
