using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Shell;

public sealed class ScriptRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_script_gets_its_arguments_as_parameters()
    {
        var exit = Run("param([string]$Name, [switch]$Loud, [int]$Times, [switch]$Quiet) \"$Name $Loud $Times $Quiet\"", "-Name", "Ada", "-Loud", "-5", "-Quiet:$false");

        Assert.Equal(["Ada True -5 False"], exit.Lines);
        Assert.Equal(0, exit.Code);
    }

    [Fact]
    public void A_script_knows_where_it_lies()
    {
        Assert.Equal([_folder.Path, _folder.File("test.ps1")], Run("$PSScriptRoot; $PSCommandPath").Lines);
    }

    [Fact]
    public void The_exit_code_is_the_one_the_script_gives()
    {
        var exit = Run("'before'; exit 7; 'after'");

        Assert.Equal(["before"], exit.Lines);
        Assert.Equal(7, exit.Code);
    }

    [Fact]
    public void A_program_that_failed_inside_is_not_the_failure_of_the_script()
    {
        Assert.Equal(0, Run("dotnet no-such-command 2>&1 | Out-Null; 'done'").Code);
    }

    [Fact]
    public void An_error_that_nothing_catches_ends_the_script_with_code_1_and_is_shown_with_its_line()
    {
        var exit = Run("'before'\nthrow 'out of ink'\n'after'");

        Assert.Equal(1, exit.Code);
        Assert.Equal(["before"], exit.Lines);
        Assert.Contains("out of ink", exit.Error, StringComparison.Ordinal);
        Assert.Contains("test.ps1:2", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void After_an_error_that_ends_nothing_the_script_goes_on()
    {
        var exit = Run("no-such-command; 'after'");

        Assert.Equal(0, exit.Code);
        Assert.Equal(["after"], exit.Lines);
        Assert.Contains("no-such-command", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_with_a_syntax_error_does_not_begin()
    {
        var exit = Run("'before'\nif (");

        Assert.Equal(1, exit.Code);
        Assert.Empty(exit.Output);
        Assert.Contains("test.ps1:2", exit.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-script.ps1")]
    [InlineData("docs")]
    [InlineData("README.md")]
    public void What_is_no_script_is_refused_with_its_name(string path)
    {
        var exit = ShellProcess.Run(path);

        Assert.Equal(64, exit.Code);
        Assert.Empty(exit.Output);
        Assert.Contains($"'{path}'", exit.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", exit.Error, StringComparison.Ordinal);
    }

    private ShellExit Run(string script, params string[] arguments) => ShellProcess.Run([_folder.Write("test.ps1", script), .. arguments]);
}
