using System.Management.Automation;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Paths as PowerShell sees them: texts with the names in the path as members.</summary>
public static class PathProperties
{
    public static object? Path(PSObject instance) => instance?.BaseObject switch
    {
        CdbStream stream => Text(stream.GetPath()),
        CdbDevice device => Text(device.GetPath()),
        CdbUser user => Text(user.GetPath()),
        _ => null,
    };

    /// <summary>The device of a stream or of a session.</summary>
    public static object? Device(PSObject instance) => instance?.BaseObject switch
    {
        CdbStream stream => Text(stream.GetPath().Parent!),
        CdbSession session => Text(CdbPath.Parse(session.Device)),
        _ => null,
    };

    /// <summary>The stream of a summary or of a subscription.</summary>
    public static object? Stream(PSObject instance) => instance?.BaseObject switch
    {
        StreamSummary summary => Text(CdbPath.Parse(summary.Stream)),
        CdbSubscription subscription => Text(CdbPath.Parse(subscription.Stream)),
        _ => null,
    };

    public static object? Identity(PSObject instance) => instance?.BaseObject is CdbConnection connection ? Text(CdbPath.Parse(connection.Identity)) : null;

    private static PSObject Text(CdbPath path)
    {
        // A new text, because PowerShell keeps members by the instance.
        PSObject text = PSObject.AsPSObject(new string(path.ToString()));
        text.Members.Add(new PSNoteProperty(nameof(path.User), path.User), preValidated: true);
        if (path.Device is not null)
        {
            text.Members.Add(new PSNoteProperty(nameof(path.Device), path.Device), preValidated: true);
        }

        if (path.Stream is not null)
        {
            text.Members.Add(new PSNoteProperty(nameof(path.Stream), path.Stream), preValidated: true);
        }

        text.Members.Add(new PSNoteProperty(nameof(path.Name), path.Name), preValidated: true);
        return text;
    }
}
