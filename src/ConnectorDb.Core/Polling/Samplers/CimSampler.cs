using System.Management;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the first instance of a query of Windows' CIM (WMI): the value of its only property, or an object of several.</summary>
[Sampler("cim.value", "The first instance of a CIM query of Windows.", Argument = "[NAMESPACE |] QUERY, such as 'SELECT FreePhysicalMemory FROM Win32_OperatingSystem'. The namespace is root\\cimv2 by default.", Platforms = ["Windows"])]
internal sealed class CimSampler : Sampler
{
    private const string DefaultNamespace = @"root\cimv2";
    private readonly string _namespace;
    private readonly string _query;

    public CimSampler(SamplerContext context)
        : base(context)
    {
        string[] parts = context.RequiredArgument.Split('|', 2, StringSplitOptions.TrimEntries);
        (_namespace, _query) = parts.Length == 2 ? (parts[0], parts[1]) : (DefaultNamespace, parts[0]);
        if (!_query.StartsWith("SELECT ", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidValueException($"'{TextValue.Shorten(_query)}' is not a query. Give one such as 'SELECT FreePhysicalMemory FROM Win32_OperatingSystem'.", _query);
        }
    }

    public override ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
        => OperatingSystem.IsWindows() ? ValueTask.FromResult(Ask()) : throw new NotAvailableException($"{Context.Key} is for Windows only.", Context.Key);

    [SupportedOSPlatform("windows")]
    private DataValue Ask()
    {
        try
        {
            using ManagementObjectSearcher searcher = new(_namespace, _query);
            using ManagementObjectCollection found = searcher.Get();
            foreach (ManagementBaseObject instance in found)
            {
                using (instance)
                {
                    PropertyData[] properties = [.. instance.Properties.Cast<PropertyData>()];
                    return properties.Length == 1 ? Value(properties[0]) ?? throw NoValue($"The query '{_query}' gives no value.")
                        : Fields([.. from property in properties let value = Value(property) where value is not null select (property.Name, value.Value)]);
                }
            }

            throw NoValue($"The query '{_query}' gives no instance.");
        }
        catch (Exception error) when (error is ManagementException or COMException or UnauthorizedAccessException)
        {
            throw NoValue($"The query '{_query}' of {_namespace} failed: {error.Message}", error);
        }
    }

    [SupportedOSPlatform("windows")]
    private static DataValue? Value(PropertyData property) => property.Value switch
    {
        null => null,
        bool flag => DataValue.From(flag),
        float or double => DataValue.From(Convert.ToDouble(property.Value, System.Globalization.CultureInfo.InvariantCulture)),
        sbyte or byte or short or ushort or int or uint or long => DataValue.From(Convert.ToInt64(property.Value, System.Globalization.CultureInfo.InvariantCulture)),
        ulong number => TextValue.Read(number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Array => null,
        var other => DataValue.From($"{other}"),
    };
}
