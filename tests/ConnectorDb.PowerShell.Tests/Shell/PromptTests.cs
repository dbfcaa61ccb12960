using System.Diagnostics;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Shell;

/// <summary>The prompt at a terminal, which <c>script</c> of util-linux lends.</summary>
public sealed class PromptTests
{
    private const string CtrlC = "\u0003";
    private const string CtrlD = "\u0004";
    private const string Escape = "\u001b";

    [SkippableFact]
    public void Ctrl_C_stops_what_runs_and_the_prompt_goes_on()
    {
        using var terminal = Terminal.Open();
        terminal.Type("'be' + 'gin'; while ($true) { [System.Threading.Thread]::Sleep(20) }\r");
        terminal.WaitFor("\nbegin");
        terminal.Type(CtrlC);
        terminal.Type("'al' + 'ive'; exit 5\r");

        terminal.WaitFor("\nalive");
        Assert.Equal(5, terminal.ExitCode());
    }

    [SkippableFact]
    public void A_statement_may_take_several_lines_and_a_line_given_up_does_not_count()
    {
        using var terminal = Terminal.Open();
        terminal.Type("foreach ($i in 1..2) {\r");
        terminal.WaitFor(">> ");
        terminal.Type("\"line $i\"\r}\r");
        terminal.WaitFor("\nline 2");
        terminal.WaitFor("> ");
        terminal.Type("throw" + CtrlC + "exit 3\r");

        Assert.Equal(3, terminal.ExitCode());
    }

    [SkippableFact]
    public void The_tab_key_completes_the_arrow_key_brings_the_last_line_back_and_Ctrl_D_leaves()
    {
        using var terminal = Terminal.Open();
        terminal.Type("Get-CdbConnec\t; 'completed'\r");
        terminal.WaitFor("\ncompleted");
        terminal.Type(Escape + "[A" + Escape + "[D2\r");
        terminal.WaitFor("\ncompleted2");
        terminal.Type(CtrlD);

        Assert.Equal(0, terminal.ExitCode());
    }

    [SkippableFact]
    public void A_question_is_asked_until_it_is_answered()
    {
        using var terminal = Terminal.Open();
        terminal.Type("function Ask { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() $PSCmdlet.ShouldProcess('it') }; \"answer $(Ask)\"\r");
        terminal.WaitFor("(default Y): ");
        terminal.Type("perhaps\r");
        terminal.WaitFor("perhaps");
        terminal.Type("n\r");
        terminal.WaitFor("\nanswer False");
        terminal.Type(CtrlD);

        Assert.Equal(0, terminal.ExitCode());
    }

    [SkippableFact]
    public void A_secret_does_not_show()
    {
        using var terminal = Terminal.Open();
        terminal.Type("$s = $Host.UI.ReadLineAsSecureString(); \"length $($s.Length)\"\r");
        terminal.WaitFor("$($s.Length)\"");
        terminal.Type("hush-hush\r");
        terminal.WaitFor("\nlength 9");

        Assert.DoesNotContain("hush", terminal.Screen, StringComparison.Ordinal);
    }
}
