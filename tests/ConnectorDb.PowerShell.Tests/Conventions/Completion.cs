using System.Management.Automation;
using System.Security;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>The parameters that need no completer.</summary>
internal static class Completion
{
    private static readonly Type[] s_types =
    [
        typeof(SwitchParameter), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(char),
        typeof(ScriptBlock), typeof(PSCredential), typeof(SecureString),
    ];

    /// <summary>Texts, values, and names that the user invents or that only another service knows.</summary>
    private static readonly string[] s_namesNothing =
    [
        "-ApiKey", "-Token", "-Datatype", "-Description", "-Title", "-Email", "-Icon", "-Nickname", "-Unit", "-MissingText", "-Prefix", "-Text", "-Value", "-InputObject", "-Data", "-Proxy",
        "Add-CdbPollItem -Argument", "Add-CdbPollItem -Name", "Add-CdbPollItem -Tag", "Get-CdbDatapoint -Index", "Import-CdbCsv -Header", "Install-CdbService -Account", "Measure-CdbCommand -LogEnd", "Measure-CdbCommand -LogStart", 
        "Add-CdbLoggerMeasurement -Field", "Add-CdbLoggerMeasurement -Name", "Add-CdbLoggerMeasurement -Tag", "New-CdbUser -User", "Register-CdbSampler -Key",
        "Write-CdbEvent -Tag", "New-CdbLogger -Name", "Set-CdbLogger -Name", "Start-CdbLogger -Name",
        "Install-CdbService -Url", "Start-CdbServer -Url",
        "New-CdbSink -As", "New-CdbSink -BucketName", "New-CdbSink -DashboardUid", "New-CdbSink -Database", "New-CdbSink -GrafanaAnnotation", "New-CdbSink -InfluxDb", "New-CdbSink -InitialState",
        "New-CdbSink -Mqtt", "New-CdbSink -Name", "New-CdbSink -Organization", "New-CdbSink -RetentionPolicy", "New-CdbSink -Tag", "New-CdbSink -Topic", "New-CdbSink -Url",
    ];

    /// <summary>The parameters without a completer: of one cmdlet, or of all.</summary>
    public static IEnumerable<string> Listed => s_namesNothing;

    /// <summary>True for a parameter that must have a completer, and has none.</summary>
    public static bool IsMissing(CmdletInfo cmdlet, ParameterMetadata parameter)
        => !Cmdlet.CommonParameters.Contains(parameter.Name)
           && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name)
           && !IsCompletedByType(parameter.ParameterType)
           && !parameter.Attributes.Any(attribute => attribute is ArgumentCompleterAttribute or ValidateSetAttribute)
           && !Listed.Any(line => IsListedAs(line, cmdlet, parameter));

    public static bool IsListedAs(string line, CmdletInfo cmdlet, ParameterMetadata parameter)
        => line == $"-{parameter.Name}" || line == $"{cmdlet.Name} -{parameter.Name}";

    private static bool IsCompletedByType(Type type)
    {
        Type element = type.GetElementType() ?? type;
        element = Nullable.GetUnderlyingType(element) ?? element;
        return element.IsEnum || s_types.Contains(element);
    }
}
