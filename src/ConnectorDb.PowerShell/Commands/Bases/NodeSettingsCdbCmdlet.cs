using System.Management.Automation;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that creates or changes users, devices or streams: their common properties.</summary>
public abstract class NodeSettingsCdbCmdlet : NodeCdbCmdlet
{
    private protected NodeSettingsCdbCmdlet()
    {
    }

    [Parameter]
    [AllowEmptyString]
    public string? Nickname { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Icon { get; set; }

    /// <summary>Creates or changes a node if the user confirms it.</summary>
    /// <param name="path">The node.</param>
    /// <param name="action">The text of the confirmation.</param>
    /// <param name="write">Writes the node to the database and returns it.</param>
    /// <param name="passThru">True to output the node.</param>
    private protected void Write<T>(CdbPath path, string action, Func<ValueTask<T>> write, bool passThru = true)
    {
        if (ShouldProcess(path.ToString(), action))
        {
            T node = Await.Result(write());
            if (passThru)
            {
                WriteObject(node);
            }
        }
    }
}
