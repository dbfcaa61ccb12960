using System.Management.Automation;

namespace ConnectorDb.PowerShell.Tests.Hosting;

/// <summary>The output and errors of a script.</summary>
/// <param name="Output">What it put out, in order.</param>
/// <param name="Errors">The errors it reported; one that ended it comes last.</param>
/// <param name="Warnings">The texts of its warnings.</param>
/// <param name="Verbose">The texts of its verbose messages.</param>
public sealed record ScriptResult(
    IReadOnlyList<PSObject?> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose)
{
    /// <summary>The only error; fails when there is none or more than one.</summary>
    public ErrorRecord Error => Errors.Count == 1
        ? Errors[0]
        : throw new InvalidOperationException($"Expected one error, got {Errors.Count}: {string.Join("; ", Errors)}");

    /// <summary>The ErrorId of the only error, without the cmdlet that PowerShell appends: <c>NotFound</c>.</summary>
    public string ErrorId => Error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The only object that was put out.</summary>
    public PSObject? Single => Output.Count == 1
        ? Output[0]
        : throw new InvalidOperationException($"Expected one object, got {Output.Count}: {string.Join("; ", Output)}");

    /// <summary>The output as PowerShell itself would convert it.</summary>
    public IEnumerable<T> As<T>() => Output.Select(o => LanguagePrimitives.ConvertTo<T>(o));
}
