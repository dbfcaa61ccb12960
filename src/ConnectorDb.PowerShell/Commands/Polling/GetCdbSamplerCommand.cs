using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Lists what can be polled.</summary>
[Cmdlet(VerbsCommon.Get, "CdbSampler")]
[OutputType(typeof(SamplerInfo))]
public sealed class GetCdbSamplerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SamplerCompleter))]
    public string[] Key { get; set; } = ["*"];

    protected override void Process()
    {
        foreach (string key in Key)
        {
            Try(() => Write(key), key);
        }
    }

    private void Write(string key)
    {
        WildcardPattern pattern = new(key, WildcardOptions.IgnoreCase);
        SamplerInfo[] found = [.. PollEngine.Samplers.Where(info => pattern.IsMatch(info.Key))];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(key))
        {
            throw new NotFoundException($"There is no sampler '{key}'; Get-CdbSampler lists all, and Register-CdbSampler adds one.", key);
        }

        foreach (SamplerInfo info in found)
        {
            WriteObject(info);
        }
    }
}
