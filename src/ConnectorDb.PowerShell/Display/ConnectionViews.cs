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
        View.Of<CdbSubscription>(View.WrappedTable(
            ViewColumn.Property("Id", "Id").Right() with { Width = 3 },
            ViewColumn.Property("Stream", "Stream") with { Width = 22 },
            ViewColumn.Property("State", "State") with { Width = 12 },
            ViewColumn.Property("Delivered", "Delivered").Right() with { Width = 9 },
            ViewColumn.Property("Pending", "Pending").Right() with { Width = 7 },
            ViewColumn.Property("Errors", "Errors").Right() with { Width = 6 },
            ViewColumn.Script("LastError", "\"$($_.LastError)\""))),
    ];
}
