using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments to indices, in the order of the output: <c>5</c>, <c>0..9</c>, <c>'2..5'</c>, <c>-3,-1</c>.</summary>
public sealed class IndexArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = PowerShellObject.Unwrap(inputData);
        return given is IndexSpan[] ready ? ready : Read(given);
    }

    /// <summary>Combines the indices to ascending ranges; a descending range becomes one range per index.</summary>
    public static IndexSpan[] Read(object? given)
    {
        List<IndexSpan> ranges = [];
        foreach (object? element in given is IList many ? many : new[] { given })
        {
            IndexSpan range = ReadOne(element);
            if (range.IsDescending)
            {
                ranges.AddRange(range.OneByOne());
            }
            else if (range.First == range.Last && ranges.Count > 0 && ranges[^1].TryExtend(range.First, out IndexSpan longer))
            {
                ranges[^1] = longer;
            }
            else
            {
                ranges.Add(range);
            }
        }

        return ranges.ToArray();
    }

    private static IndexSpan ReadOne(object? element)
        => IndexSpan.TryParse(LanguagePrimitives.ConvertTo<string>(element), out IndexSpan range)
            ? range
            : throw new ArgumentTransformationMetadataException(string.Create(CultureInfo.InvariantCulture, $"'{element}' is not an index. Give numbers from 0, negative numbers from the end, or a range such as '2..5'."));
}
