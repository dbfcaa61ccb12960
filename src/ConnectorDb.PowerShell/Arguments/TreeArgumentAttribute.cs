using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts names to a dictionary of nodes without properties; a dictionary stays as it is. Empty text, such as an empty cell of a table, is none.</summary>
public sealed class TreeArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => PowerShellObject.Unwrap(inputData) switch
    {
        "" => null,
        string name => Named([name]),
        object[] { Length: > 0 } names when Array.TrueForAll(names, name => PowerShellObject.Unwrap(name) is string { Length: > 0 }) => Named(names.Select(name => (string)PowerShellObject.Unwrap(name)!)),
        _ => inputData,
    };

    private static Hashtable Named(IEnumerable<string> names)
    {
        Hashtable nodes = [];
        foreach (string name in names)
        {
            nodes[name] = new Hashtable();
        }

        return nodes;
    }
}
