using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Shell;

public sealed class CommandRunTests
{
    [Theory]
    [InlineData("1 + 1", 0)]
    [InlineData("exit 4", 4)]
    [InlineData("throw 'x'", 1)]
    [InlineData("if (", 1)]
    [InlineData("1; no-such-command", 1)]
    [InlineData("no-such-command; 1", 0)]
    public void The_exit_code_says_whether_the_last_command_succeeded(string command, int code)
    {
        Assert.Equal(code, ShellProcess.Run("-Command", command).Code);
    }

    [Fact]
    public void The_words_of_a_command_need_no_quotes()
    {
        Assert.Equal(["3"], ShellProcess.Run("-Command", "1", "+", "2").Lines);
    }

    [Fact]
    public void Commands_come_through_standard_input_too()
    {
        Assert.Equal(["0", "2", "4"], ShellProcess.RunWithInput("0..2 | ForEach-Object {\n  2 * $_\n}\n").Lines);
    }

    [Fact]
    public void Tables_are_120_columns_wide_and_without_colours_when_nobody_watches()
    {
        var exit = ShellProcess.Run("-Command", "[pscustomobject]@{ Left = 'l'; Right = 'r' * 200 }");

        Assert.Equal(["Left Right", "---- -----"], exit.Lines[..2]);
        Assert.InRange(exit.Lines[2].Length, 115, 120);
        Assert.DoesNotContain('\u001b', exit.Output);
    }

    [Fact]
    public void Errors_warnings_and_what_is_said_by_the_way_keep_out_of_the_output()
    {
        var exit = ShellProcess.Run("-Command", """
            function Say { [CmdletBinding()] param()
                $PSCmdlet.WriteWarning('warned'); $PSCmdlet.WriteVerbose('told'); $PSCmdlet.WriteDebug('explained')
                $PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'working', 'half'))
                'said'
            }
            $DebugPreference = 'Continue'
            Say -Verbose
            """);

        Assert.Equal(["said"], exit.Lines);
        Assert.Equal(["WARNING: warned", "VERBOSE: told", "DEBUG: explained"], exit.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("$Host.UI.ReadLine()")]
    [InlineData("$Host.UI.ReadLineAsSecureString()")]
    [InlineData("function Ask { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() $PSCmdlet.ShouldProcess('it') }; Ask")]
    public void A_question_without_a_terminal_is_an_error_and_not_a_wait(string command)
    {
        var exit = ShellProcess.Run("-Command", "$ErrorActionPreference = 'Stop'; " + command);

        Assert.Equal(1, exit.Code);
        Assert.Empty(exit.Output);
        Assert.Contains("no terminal to answer on", exit.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_parameter_without_a_terminal_is_an_error_that_names_it()
    {
        var exit = ShellProcess.Run("-Command", "Import-Module");

        Assert.Equal(1, exit.Code);
        Assert.Contains("mandatory parameters: Name", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cmdlet_that_only_pwsh_has_is_explained()
    {
        Assert.Contains("Select-Object comes with PowerShell itself", ShellProcess.Run("-Command", "1 | Select-Object -First 1").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_leaves_early_is_no_failure()
    {
        using var process = ShellProcess.Start("-Command", "1..100000");
        Assert.Equal("1", process.StandardOutput.ReadLine());
        process.StandardOutput.Close();

        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(process.StandardError.ReadToEnd());
    }

    [Theory]
    [InlineData("-Help", "a prompt")]
    [InlineData("-Version", "PowerShell engine 7.")]
    public void The_shell_explains_itself(string option, string text)
    {
        var exit = ShellProcess.Run(option);

        Assert.Equal(0, exit.Code);
        Assert.Contains(text, exit.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-NoSuchOption")]
    [InlineData("-Command")]
    [InlineData("-File")]
    public void An_option_that_cannot_be_served_is_named(string option)
    {
        var exit = ShellProcess.Run(option);

        Assert.Equal(64, exit.Code);
        Assert.Contains($"'{option}'", exit.Error, StringComparison.Ordinal);
    }
}
