using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Scripts;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>The script of a destination. It receives one object with Channel and Points; the logger keeps them when it fails.</summary>
internal sealed class SinkScript(BackgroundScript script) : ISinkScript
{
    private readonly ScriptRunspace _runspace = new(script);
    private readonly ScriptErrors _errors = new(script.Caller, "The script of a destination", "Get-CdbLogger");

    public async ValueTask RunAsync(SinkBatch batch, CancellationToken cancellation)
    {
        PSObject argument = new();
        argument.Properties.Add(new PSNoteProperty("Channel", batch.Channel.Name));
        argument.Properties.Add(new PSNoteProperty("Points", Enumerable.Range(0, batch.Count).Select(i => batch.Points.At(i)).ToArray()));
        ScriptResult result = await _runspace.RunAsync(argument, [argument], cancellation).ConfigureAwait(false);
        foreach (ErrorRecord error in result.Errors)
        {
            _errors.Add(error);
        }

        if (result.Errors.FirstOrDefault() is { } first)
        {
            throw new SinkException($"The script of the destination failed: {first}", null);
        }
    }

    public void Dispose() => _runspace.Dispose();
}
