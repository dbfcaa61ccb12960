using System.Management.Automation.Runspaces;
using ConnectorDb;

namespace ConnectorDb.PowerShell.Display;

/// <summary>The properties that Format-List and mixed output show. The key of a device is not among them.</summary>
internal static class DefaultProperties
{
    public static IEnumerable<TypeData> All =>
    [
        Of<CdbUser>("Path", "Nickname", "Email", "Description", "Icon", "Role", "Public"),
        Of<CdbDevice>("Path", "Nickname", "Description", "Icon", "Role", "Enabled", "Public", "Visible", "UserEditable"),
        Of<CdbStream>("Path", "Nickname", "Description", "Icon", "Schema", "Datatype", "Ephemeral", "Downlink", "Count", "LastDatapoint"),
        Of<Datapoint>("Timestamp", "Data", "Stream"),
        Of<StreamSummary>("Stream", "Count", "First", "Last", "Numbers", "Minimum", "Maximum", "Sum", "Mean"),
        Of<TransformInfo>("Name", "Description", "Arguments", "Examples", "Documentation"),
        Of<InterpolatorInfo>("Name", "Description", "Examples", "Documentation"),
    ];

    private static TypeData Of<T>(params string[] properties) =>
        new(typeof(T).FullName!) { DefaultDisplayPropertySet = new PropertySetData(properties) };
}
