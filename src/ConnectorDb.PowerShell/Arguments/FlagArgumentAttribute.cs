using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Converts arguments to a flag: also the texts of a table in the pipeline, such as <c>true</c>, <c>yes</c> and <c>1</c>, where an empty cell
/// is no value.
/// </summary>
/// <remarks>
/// A switch has two states, and PowerShell resets it to false before each object of the pipeline. It converts an argument directly before
/// it calls the setter on the same thread, so that the setter takes the third state from here.
/// </remarks>
public sealed class FlagArgumentAttribute : ArgumentTransformationAttribute
{
    [ThreadStatic]
    private static bool? s_converted;

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        s_converted = PowerShellObject.Unwrap(inputData) switch
        {
            null => null,
            bool flag => flag,
            SwitchParameter flag => flag.ToBool(),
            string text when string.IsNullOrWhiteSpace(text) => null,
            string text => Parse(text.Trim()),
            var number when LanguagePrimitives.TryConvertTo(number, out double value) => value != 0,
            var other => throw Neither(other),
        };
        return s_converted is true;
    }

    /// <summary>The value that was just converted; null when the setter is called without one.</summary>
    internal static bool? Take()
    {
        bool? converted = s_converted;
        s_converted = null;
        return converted;
    }

    private static bool Parse(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => throw Neither(text),
    };

    private static ArgumentTransformationMetadataException Neither(object value)
        => new($"'{value}' is neither true nor false. Write true, yes or 1, or else false, no or 0; an empty cell is no value.");
}
