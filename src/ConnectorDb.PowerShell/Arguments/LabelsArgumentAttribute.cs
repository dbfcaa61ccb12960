using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments to labels: a dictionary, an object, or text such as <c>room=kitchen; floor=2</c>, the text of <see cref="LabelSet"/>, or several such texts.</summary>
public sealed class LabelsArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return Read(inputData);
        }
        catch (Exception error) when (error is FormatException or InvalidValueException)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    /// <exception cref="FormatException">The argument is no list of labels.</exception>
    /// <exception cref="InvalidValueException">A value is a list.</exception>
    internal static LabelSet? Read(object? given) => PowerShellObject.UnwrapUnlessCustom(given) switch
    {
        null => null,
        LabelSet labels => labels,
        IDictionary labels => new LabelSet(labels),
        PSObject custom => new LabelSet(custom.Properties.ToDictionary(label => label.Name, label => PowerShellObject.Unwrap(label.Value))),
        object[] texts when texts.All(each => PowerShellObject.Unwrap(each) is string) => LabelSet.Parse(string.Join("; ", texts)),
        var text => LabelSet.Parse(Convert.ToString(text, CultureInfo.InvariantCulture) ?? ""),
    };
}
