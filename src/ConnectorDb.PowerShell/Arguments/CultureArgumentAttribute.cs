using System.Globalization;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts the name of a culture, such as <c>de-DE</c>. Unlike the conversion of PowerShell, it rejects names that no culture has.</summary>
public sealed class CultureArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object given = PowerShellObject.Unwrap(inputData)
            ?? throw new ArgumentTransformationMetadataException("The culture is empty. Check that its variable exists and has a value, or omit the parameter.");
        try
        {
            return given as CultureInfo ?? CultureInfo.GetCultureInfo($"{given}".Trim(), predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            throw new ArgumentTransformationMetadataException($"'{given}' is not a culture. Give a name such as 'de-DE' or 'en-GB'.");
        }
    }
}
