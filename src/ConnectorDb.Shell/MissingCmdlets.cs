using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ConnectorDb.Shell;

/// <summary>Says once why Select-Object and its like are not here: they come with pwsh, and this is only its engine.</summary>
internal sealed partial class MissingCmdlets
{
    private bool _explained;

    /// <summary>The explanation, when the errors are the first to tell of a missing cmdlet.</summary>
    public string? Explain(IEnumerable errors)
    {
        if (_explained || errors.OfType<ErrorRecord>().Select(Missing).FirstOrDefault(name => name is not null) is not { } missing)
        {
            return null;
        }

        _explained = true;
        return $"""
            This shell has the engine of PowerShell and the cmdlets of ConnectorDb. If {missing} comes with PowerShell itself,
            as Select-Object, Sort-Object and Import-Csv do, it is there in pwsh: run ./build.ps1, then Import-Module ./ConnectorDb.psd1.
            """;
    }

    private static string? Missing(ErrorRecord error) =>
        error.Exception is CommandNotFoundException { CommandName: { } name } && Cmdlet().IsMatch(name) ? name : null;

    [GeneratedRegex("^[a-z]+-(?!cdb)[a-z]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cmdlet();
}
