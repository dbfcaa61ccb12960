using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Core.Engine;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Finds the errors of a change before it is made: invalid fields and missing rights.</summary>
internal sealed class ChangeTrial(ICdbClient client, CancellationToken cancellation)
{
    private readonly RightsTrial? _rights = client is RemoteClient { HasOtherRights: true } ? null : new RightsTrial(client);

    /// <exception cref="PermissionDeniedException">The node cannot be deleted alone, or not by this login.</exception>
    public void CheckDelete(CdbPath path)
    {
        DefinitionRules.CheckDelete(path);
        Check(rights => rights.CheckDeleteAsync(path, cancellation));
    }

    /// <inheritdoc cref="RightsTrial.CheckRemoveNewestAsync"/>
    public void CheckRemoveNewest(CdbPath path) => Check(rights => rights.CheckRemoveNewestAsync(path, cancellation));

    /// <inheritdoc cref="RightsTrial.CheckCreateAsync"/>
    public void CheckCreate(CdbPath path, object definition) => Check(rights => rights.CheckCreateAsync(path, definition, cancellation));

    /// <inheritdoc cref="RightsTrial.CheckUpdateAsync"/>
    public void CheckUpdate(CdbPath path, object changes)
    {
        DefinitionRules.Check(path, changes, isNew: false);
        Check(rights => rights.CheckUpdateAsync(path, changes, cancellation));
    }

    private void Check(Func<RightsTrial, ValueTask> check)
    {
        if (_rights is not null)
        {
            Await.Completion(check(_rights));
        }
    }
}
