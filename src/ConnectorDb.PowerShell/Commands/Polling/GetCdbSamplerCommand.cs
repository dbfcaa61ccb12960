using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Lists the samplers.</summary>
[Cmdlet(VerbsCommon.Get, "CdbSampler")]
[OutputType(typeof(SamplerInfo))]
public sealed class GetCdbSamplerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SamplerCompleter))]
    public string[] Key { get; set; } = ["*"];

    protected override void Process() => ForEach(Key, key => WriteEach(WildcardSearch.Find(
        PollEngine.Samplers, info => info.Key, key, $"There is no sampler '{key}'. Get-CdbSampler lists all samplers, and Register-CdbSampler adds one.")));
}
