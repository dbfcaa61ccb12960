using System.Management.Automation;
using System.Security;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Tree;

/// <summary>Export-CdbItem and Import-CdbItem, as one types them.</summary>
public sealed class ExchangeTests : ModuleTest
{
    private string Export => Path.Combine(Folder, "export");

    [Fact]
    public void A_user_moves_to_another_store()
    {
        Connect();
        Get("New-CdbUser ada -Password $args[0] -Device @{ pi = @{ streams = @{ heat = @{ schema = 'number' } } } }", Password());
        var folder = Assert.IsType<DirectoryInfo>(Get("Export-CdbItem ada -Destination $args[0]", Export).Single()!.BaseObject);
        Assert.Equal(Export, folder.FullName);

        Get("Connect-Cdb -Path \"$Folder/other.cdb\"");
        ScriptResult result = Run("Import-CdbItem $args[0] -Password $args[1]", Export, Password());

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Equal("ConnectorDb.CdbUser ada", $"{result.Single!.TypeNames[0]} {result.Single}");
        Assert.True((bool)Get("Test-CdbItem ada/pi/heat").Single()!.BaseObject);
        Get("Connect-Cdb -Path \"$Folder/other.cdb\" -Credential ([pscredential]::new('ada', $args[0]))", Password());
    }

    [Fact]
    public void Items_of_the_pipeline_and_short_paths_are_exported()
    {
        Connect();
        Get("New-CdbStream mood; Add-CdbDatapoint mood -Value good -Timestamp 5; New-CdbDevice pi");
        Get("Get-CdbStream mood | Export-CdbItem -Destination \"$Folder/a\"");
        Get("Export-CdbItem pi -Destination \"$Folder/b\"");
        Get("Get-CdbUser me | Export-CdbItem -Destination \"$Folder/c\"");

        Assert.Equal("""[{"t":5,"d":"good"}]""", File.ReadAllText(Path.Combine(Folder, "a", "data.json")));
        Assert.True(File.Exists(Path.Combine(Folder, "b", "device.json")));
        Assert.True(File.Exists(Path.Combine(Folder, "c", "me", "user", "mood", "data.json")));
    }

    [Fact]
    public void A_path_that_may_mean_two_things_is_refused_until_it_is_said_which()
    {
        Connect();
        Get("New-CdbStream pi; New-CdbDevice pi");
        ScriptResult result = Run("Export-CdbItem pi -Destination $args[0]", Export);
        Assert.Equal("InvalidName", result.ErrorId);
        Assert.Contains("-Kind", result.Error.ToString(), StringComparison.Ordinal);
        Get("Export-CdbItem pi -Kind Device -Destination $args[0]", Export);
    }

    [Theory]
    [InlineData("Export-CdbItem nothing -Destination $args[0]", "NotFound", "nothing")]
    [InlineData("Export-CdbItem mood -Destination $Folder", "NameTaken", "mood")]
    [InlineData("Import-CdbItem $args[0]", "InvalidExport", null)]
    public void Errors_name_what_was_typed(string script, string id, string? target)
    {
        Connect();
        Get("New-CdbStream mood");
        ScriptResult result = Run(script, Export);
        Assert.Equal(id, result.ErrorId);
        Assert.Equal(target ?? Export, result.Error.TargetObject.ToString());
    }

    [Fact]
    public void WhatIf_writes_and_makes_nothing_but_still_refuses()
    {
        Connect();
        Get("New-CdbStream mood");
        Get("Export-CdbItem mood -Destination $args[0] -WhatIf", Export);
        Assert.False(Directory.Exists(Export));

        Get("Export-CdbItem mood -Destination $args[0]", Export);
        Assert.Equal("NameTaken", Run("Import-CdbItem $args[0] -WhatIf", Export).ErrorId);
        Get("Remove-CdbStream mood -Confirm:$false; Import-CdbItem $args[0] -WhatIf", Export);
        Assert.False((bool)Get("Test-CdbItem mood").Single()!.BaseObject);
    }

    [Fact]
    public void Streams_and_devices_go_below_the_parent()
    {
        Connect();
        Get("New-CdbDevice pi -Stream @{ heat = @{} }; New-CdbUser ada -Password $args[0]; New-CdbDevice ada/box", Password());
        Get("Export-CdbItem me/pi -Destination \"$Folder/pi\" -NoApiKey; Export-CdbItem pi/heat -Destination \"$Folder/heat\"");

        Assert.Equal("ada/pi", Get("Import-CdbItem \"$Folder/pi\" -Parent (Get-CdbUser ada)").Single()!.ToString());
        Assert.Equal("ada/box/heat", Get("Import-CdbItem \"$Folder/heat\" -Parent ada/box").Single()!.ToString());
        Assert.Equal("me/user/heat", Get("Import-CdbItem \"$Folder/heat\"").Single()!.ToString());
    }

    [Fact]
    public void A_user_has_no_parent()
    {
        Connect();
        Get("Export-CdbItem me -Destination $args[0]", Export);
        Assert.Equal("InvalidName", Run("Import-CdbItem $args[0] -Parent me", Export).ErrorId);
    }

    [Fact]
    public void A_merge_warns_of_the_streams_that_it_leaves_alone()
    {
        Connect();
        Get("New-CdbStream mood; New-CdbStream heat; 1..3 | Add-CdbDatapoint heat");
        Get("Export-CdbItem me -Destination $args[0]; Remove-CdbStream heat -Confirm:$false", Export);

        ScriptResult result = Run("Import-CdbItem $args[0] -Merge", Export);

        Assert.Empty(result.Errors);
        Assert.Contains(result.Warnings, warning => warning.Contains("'me/user/mood'", StringComparison.Ordinal));
        Assert.Equal(3L, Get("(Get-CdbStream heat).Count").Single()!.BaseObject);
    }

    [Fact]
    public void One_broken_user_does_not_stop_the_others()
    {
        Connect();
        Get("New-CdbUser ada -Password $args[0] -Stream @{ mood = @{} }; New-CdbUser bob -Password $args[0]", Password());
        Get("'ada', 'bob' | Export-CdbItem -Destination $args[0]", Export);
        File.WriteAllText(Path.Combine(Export, "ada", "user", "mood", "data.json"), "[{]");

        Get("Connect-Cdb -Path \"$Folder/other.cdb\"");
        ScriptResult result = Run("Import-CdbItem $args[0] -Password $args[1]", Export, Password());

        Assert.Equal("InvalidExport", result.ErrorId);
        Assert.Equal("bob", result.Single!.ToString());
        Assert.False((bool)Get("Test-CdbItem ada").Single()!.BaseObject);
    }

    [Fact]
    public void A_user_without_password_is_said()
    {
        Connect();
        Get("New-CdbUser ada -Password $args[0]; Export-CdbItem ada -Destination $args[1]; Remove-CdbUser ada -Confirm:$false", Password(), Export);
        Assert.Contains("Set-CdbUser ada -Password", Assert.Single(Run("Import-CdbItem $args[0]", Export).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_export_leaves_nothing()
    {
        Connect();
        Get("New-CdbStream noise; 1..3 | ForEach-Object { 1..100000 | Add-CdbDatapoint noise }");
        using ModuleSession session = NewSession();
        session.Get("Connect-Cdb $Store");
        using System.Management.Automation.PowerShell pipeline = session.Start("Export-CdbItem me -Destination $args[0]", Export);
        using ManualResetEventSlim begun = new();
        using FileSystemWatcher watcher = new(Folder);
        watcher.Created += (_, _) => begun.Set();
        watcher.EnableRaisingEvents = true;
        IAsyncResult running = pipeline.BeginInvoke();
        Assert.True(begun.Wait(TimeSpan.FromSeconds(60)));
        pipeline.Stop();

        // Where the export was faster than the stop it is whole.
        Assert.True(Directory.GetDirectories(Folder, "export*") is [] || File.Exists(Path.Combine(Export, "connectordb.json")));
        Assert.True(running.AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(60)));
    }

    private static SecureString Password()
    {
        SecureString password = new();
        foreach (char c in "a long enough password")
        {
            password.AppendChar(c);
        }

        return password;
    }
}
