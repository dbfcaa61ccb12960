using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConnectorDb.Help.Metadata;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.PowerShell.Tests.Help;

public sealed class PageUpdateTests : IDisposable
{
    private readonly Runspace _runspace;
    private readonly CmdletInfo _cmdlet;

    public PageUpdateTests()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Add-Water", typeof(AddWaterCommand), null));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        _cmdlet = shell.AddCommand("Get-Command").AddArgument("Add-Water").Invoke<CmdletInfo>().Single();
    }

    [Fact]
    public void A_new_page_has_the_parameters_and_placeholders_for_text()
    {
        string page = PageUpdate.New(_cmdlet).ToString();

        Assert.Contains("### Amount (Default)\n\n```\nAdd-Water [-Plant] <string[]> -Litres <double> [-Tool <string>] [-WhatIf] [-Confirm] [<CommonParameters>]\n```", page);
        Assert.Contains("""
            ### -Plant

            {{ what Plant means }}

            ```yaml
            Type: String[]
            DefaultValue: None
            SupportsWildcards: true
            Aliases:
            - Pot
            ParameterSets:
            - Name: (All)
              Position: 0
              IsRequired: true
              ValueFromPipeline: true
              ValueFromPipelineByPropertyName: false
              ValueFromRemainingArguments: false
            DontShow: false
            AcceptedValues: []
            HelpMessage: ''
            ```
            """.ReplaceLineEndings("\n"), page);
        Assert.Contains("Type: Double\nDefaultValue: None\nSupportsWildcards: false\nAliases: []\nParameterSets:\n- Name: Amount\n", page);
        Assert.Contains("AcceptedValues:\n- Can\n- Hose\n", page);
        Assert.Contains("## OUTPUTS\n\n### System.TimeSpan\n\n{{", page);
    }

    [Fact]
    public void An_up_to_date_page_does_not_change()
    {
        string page = PageUpdate.New(_cmdlet).ToString();

        Assert.Equal(page, CommandPage.Read(page).ToString());
        Assert.Equal(page, PageUpdate.Apply(CommandPage.Read(page), _cmdlet).ToString());
    }

    [Fact]
    public void A_page_with_Windows_line_ends_is_the_same_page()
    {
        string page = PageUpdate.New(_cmdlet).ToString();

        Assert.Equal(page, CommandPage.Read(page.ReplaceLineEndings("\r\n")).ToString());
    }

    [Fact]
    public void Written_text_and_defaults_stay_when_facts_change()
    {
        string page = PageUpdate.New(_cmdlet).ToString()
            .Replace("{{ what Tool means }}", "What to carry the water in.\n\n- a can\n- a hose", StringComparison.Ordinal)
            .Replace("AcceptedValues:\n- Can\n- Hose\n", "AcceptedValues: []\n", StringComparison.Ordinal)
            .Replace("DefaultValue: None", "DefaultValue: Can", StringComparison.Ordinal);

        ParameterPart tool = PageUpdate.Apply(CommandPage.Read(page), _cmdlet).Parameters.Single(p => p.Name == "Tool");

        Assert.Equal("What to carry the water in.\n\n- a can\n- a hose", tool.Description);
        Assert.Equal("Can", tool.Facts.DefaultValue);
        Assert.Equal(["Can", "Hose"], tool.Facts.AcceptedValues);
    }

    [Fact]
    public void A_removed_parameter_disappears_from_the_page()
    {
        string page = PageUpdate.New(_cmdlet).ToString().Replace("### -Tool", "### -Bucket", StringComparison.Ordinal);

        string updated = PageUpdate.Apply(CommandPage.Read(page), _cmdlet).ToString();

        Assert.DoesNotContain("-Bucket", updated, StringComparison.Ordinal);
        Assert.Contains("{{ what Tool means }}", updated, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_its_heading_is_rejected()
        => Assert.Throws<FormatException>(() => CommandPage.Read("## SYNOPSIS\n\nWaters plants.\n"));

    public void Dispose() => _runspace.Dispose();
}
