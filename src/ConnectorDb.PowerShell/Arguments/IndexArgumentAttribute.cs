using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Lets a parameter take indices: <c>5</c>, <c>0..9</c>, <c>'2..5'</c>, <c>-3,-1</c>, in the order wanted.</summary>
public sealed class IndexArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return given is IndexRange[] ready ? ready : Read(given);
    }

    /// <summary>The indices as few ranges, each ascending; one that descends is taken apart.</summary>
    public static IndexRange[] Read(object? given)
    {
        List<IndexRange> ranges = [];
        foreach (object? element in given is IList many ? many : new[] { given })
        {
            IndexRange range = ReadOne(element);
            if (range.IsDescending)
            {
                ranges.AddRange(range.OneByOne());
            }
            else if (range.First == range.Last && ranges.Count > 0 && ranges[^1].TryExtend(range.First, out IndexRange longer))
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

    private static IndexRange ReadOne(object? element)
        => IndexRange.TryParse(LanguagePrimitives.ConvertTo<string>(element), out IndexRange range)
            ? range
            : throw new ArgumentTransformationMetadataException($"'{element}' is no index. Give numbers from 0, negative ones from the end, or a range such as '2..5'.");
}
