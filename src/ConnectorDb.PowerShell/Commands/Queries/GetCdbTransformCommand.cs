using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Lists the transforms with documentation and examples; needs no connection.</summary>
[Cmdlet(VerbsCommon.Get, "CdbTransform")]
[OutputType(typeof(TransformInfo))]
public sealed class GetCdbTransformCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void Process() => ForEach(Name, name => WriteEach(WildcardSearch.Find(
        Engine.Transforms, info => info.Name, name, $"There is no transform '{name}'. Get-CdbTransform lists all transforms.")));
}
