using System.Management.Automation;
using ConnectorDb.PowerShell.Services;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of connections, servers, services and subscriptions.</summary>
internal static class ConnectionViews
{
    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of<CdbConnection>(View.Table(ViewColumn.Script("Default", "if ($_.IsDefault) { '*' }"), ViewColumn.Property("Id", "Id").Right(), "Identity", "IsOpen", "Version", "Location")),
        View.Of<CdbInfo>(View.List(
            "Version",
            "Location",
            "Identity",
            "Users",
            "Devices",
            "Streams",
            ViewColumn.Script("Transforms", "$_.Transforms.Count"),
            ViewColumn.Script("Interpolators", "$_.Interpolators.Count"))),
        View.Of<CdbServer>(View.Table(
            "Url",
            "Status",
            "ProcessId",
            "Store")),
        View.Of<CdbService>(View.List("Name", "State", "Scope", "DefinitionPath", "CommandLine")),
        View.Of<CdbSubscription>(View.Table(
            ViewColumn.Property("Id", "Id").Right(),
            "Stream",
            "State",
            "Delivered",
            "Pending",
            "Errors",
            ViewColumn.Script("LastError", "\"$($_.LastError)\""))),
    ];
}
