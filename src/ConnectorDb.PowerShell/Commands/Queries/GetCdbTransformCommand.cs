using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Lists the transforms there are, each with its documentation and examples. No database is needed.</summary>
[Cmdlet(VerbsCommon.Get, "CdbTransform")]
[OutputType(typeof(TransformInfo))]
public sealed class GetCdbTransformCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void Process()
    {
        foreach (string name in Name)
        {
            Try(() => Write(name), name);
        }
    }

    private void Write(string name)
    {
        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
        TransformInfo[] found = Engine.Transforms.Where(info => pattern.IsMatch(info.Name)).ToArray();
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            throw new NotFoundException($"There is no transform '{name}'; Get-CdbTransform lists all.", name);
        }

        foreach (TransformInfo info in found)
        {
            WriteObject(info);
        }
    }
}
