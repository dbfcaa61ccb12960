using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Ends sessions of browsers at once.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveCdbSessionCommand : ConnectedCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public long[] Id { get; set; } = [];

    protected override void Process() => ForEach(Id, id =>
    {
        if (ShouldProcess($"{id}", "End the session", () => Find(id)))
        {
            Await.Completion(Client.RemoveSessionAsync(id, Cancellation));
        }
    });

    private void Find(long id)
    {
        if (!Await.Each(Client.ListSessionsAsync(null, Cancellation)).Any(session => session.Id == id))
        {
            throw CdbSession.NotFound(id);
        }
    }
}
