using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Scripts;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Polling;

/// <summary>Samples with a script that receives the argument of the poll item. Its last output is the value.</summary>
internal sealed class ScriptSampler(BackgroundScript script, SamplerContext context) : ISampler
{
    private readonly ScriptRunspace _runspace = new(script);
    private readonly ScriptErrors _errors = new(script.Caller, $"The sampler {context.Key}{(context.Argument is null ? "" : $" with '{context.Argument}'")}", "Get-CdbPollItem");

    public async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        ScriptResult result = await _runspace.RunAsync(context.Argument, [context.Argument], cancellation).ConfigureAwait(false);
        foreach (ErrorRecord error in result.Errors)
        {
            _errors.Add(error);
        }

        return result.Errors.FirstOrDefault() is { } first ? throw NoValue(first.ToString(), first.Exception)
            : result.Output is not [.., { } value] ? throw NoValue("it has no output", null)
            : PowerShellValue.Read(value);
    }

    public void Dispose() => _runspace.Dispose();

    private SampleException NoValue(string reason, Exception? cause)
        => new($"The script of {context.Key} returned no value: {reason}", context.Key, cause);
}
