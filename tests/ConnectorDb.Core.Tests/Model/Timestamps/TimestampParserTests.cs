using System.Globalization;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Tests.Model.Timestamps;

/// <summary>Texts that are read as times, and those that are refused with a reason.</summary>
public sealed class TimestampParserTests
{
    private static readonly TimeZoneInfo s_berlin = TimeZones.Find("Europe/Berlin")!;
    private static readonly TimestampParser s_inBerlin = new(new TimestampOptions { TimeZone = s_berlin });

    [Theory]
    [InlineData("2026-01-31T18:00:00Z", "2026-01-31T18:00:00")]
    [InlineData("2026-01-31 18:00", "2026-01-31T17:00:00")]
    [InlineData("2026-07-31 18:00", "2026-07-31T16:00:00")]
    [InlineData("  2026-01-31T18:00:00+02:00 ", "2026-01-31T16:00:00")]
    [InlineData("2026-01-31T18:00:00+02", "2026-01-31T16:00:00")]
    [InlineData("2026-01-31T18:00:00-0230", "2026-01-31T20:30:00")]
    [InlineData("2026-01-31T18:00:00\u22120230", "2026-01-31T20:30:00")]
    [InlineData("2026-01-31 18:00:00 +00:00", "2026-01-31T18:00:00")]
    [InlineData("2024-09-30 12:48:11 UTC", "2024-09-30T12:48:11")]
    [InlineData("2024-09-30 12:48:11 +0000 UTC", "2024-09-30T12:48:11")]
    [InlineData("2024-09-30 12:48:11 +0200 CEST", "2024-09-30T10:48:11")]
    [InlineData("2024-09-30T12:48:11+02:00[Europe/Berlin]", "2024-09-30T10:48:11")]
    [InlineData("20260131T180000Z", "2026-01-31T18:00:00")]
    [InlineData("20260131T1800+0100", "2026-01-31T17:00:00")]
    [InlineData("2026-01-31T18Z", "2026-01-31T18:00:00")]
    [InlineData("20260131", "2026-01-30T23:00:00")]
    [InlineData("2026-01-31", "2026-01-30T23:00:00")]
    [InlineData("2026-01-31Z", "2026-01-31T00:00:00")]
    [InlineData("2026-01-31+02:00", "2026-01-30T22:00:00")]
    [InlineData("2026-W05-6T18:00Z", "2026-01-31T18:00:00")]
    [InlineData("2026W056T18Z", "2026-01-31T18:00:00")]
    [InlineData("2026-031T18:00Z", "2026-01-31T18:00:00")]
    [InlineData("2026031T18Z", "2026-01-31T18:00:00")]
    [InlineData("2026-01-31T24:00Z", "2026-02-01T00:00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00")]
    [InlineData("2017-01-01T05:29:60+05:30", "2017-01-01T00:00:00")]
    [InlineData("2015-06-30T18:59:60-05:00", "2015-07-01T00:00:00")]
    [InlineData("31 Jan 2026 24:00 GMT", "2026-02-01T00:00:00")]
    [InlineData("31 Jan 2026 24:00", "2026-01-31T23:00:00")]
    [InlineData("2026/01/31 6:05 PM", "2026-01-31T17:05:00")]
    [InlineData("2026.01.31 12:05:01 AM", "2026-01-30T23:05:01")]
    [InlineData("2026-1-5 8:07", "2026-01-05T07:07:00")]
    [InlineData("1769882400", "2026-01-31T18:00:00")]
    [InlineData("Sat, 31 Jan 2026 18:00:00 GMT", "2026-01-31T18:00:00")]
    [InlineData("31 January 2026 18:00", "2026-01-31T17:00:00")]
    [InlineData("Jan 31, 2026 6:00 PM", "2026-01-31T17:00:00")]
    [InlineData("31-Jan-2026", "2026-01-30T23:00:00")]
    [InlineData("1 Jan 2026", "2025-12-31T23:00:00")]
    [InlineData("Jan 31 2026 23:30 -01:00", "2026-02-01T00:30:00")]
    public void Text_that_can_be_one_time_only_is_read(string text, string utc)
    {
        Assert.True(s_inBerlin.TryParse(text, out double seconds, out string? reason), reason);
        Assert.Equal(DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture).ToUnixTimeSeconds(), seconds);
        Assert.Null(reason);
    }

    [Theory]
    [InlineData("2026-01-31T18:00:00.125Z", 1769882400.125)]
    [InlineData("2026-01-31T18:00:00,1234567Z", 1769882400.1234567)]
    [InlineData("2026-01-31T18:00:00.123456789012345678901234567890Z", 1769882400.1234567890)]
    [InlineData("1769882400.1234567", 1769882400.1234567)]
    [InlineData("1.7698824001E9", 1769882400.1)]
    [InlineData("1969-12-31T23:59:59.9Z", -0.1)]
    [InlineData("1969-12-31T23:59:58.7654321987654Z", -1.2345678012346)]
    [InlineData("1969-12-31T24:00:00.000Z", 0)]
    [InlineData("1970-01-01T00:00:00.0000000000000000000012345Z", 1.2345e-21)]
    public void All_digits_are_kept(string text, double seconds)
    {
        Assert.True(s_inBerlin.TryParse(text, out double read, out string? reason), reason);
        Assert.Equal(seconds, read);
    }

    [Theory]
    [InlineData("11.03.2026 08:00", "the day or the month comes first", "-TimestampFormat")]
    [InlineData("03/04/2026", "the day or the month comes first", "-Culture")]
    [InlineData("13.03.2026", "has the day first, because 13 is no month", "-TimestampFormat 'dd.MM.yyyy' or -Culture de-DE")]
    [InlineData("13/04/2026 10:00", "has the day first", "-TimestampFormat 'dd/MM/yyyy HH:mm' or -Culture en-GB")]
    [InlineData("4/13/2026 1:05:07 PM", "has the month first, because 13 is no month", "-TimestampFormat 'M/d/yyyy h:mm:ss tt' or -Culture en-US")]
    [InlineData("13/14/2026", "neither 13 nor 14 is a month", "2026-01-31")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "the year 10000", "9999-12-31T23:59:59Z")]
    [InlineData("3/4/26", "a year of two digits", "-TimestampFormat")]
    [InlineData("03-Apr-26", "a year of two digits", "-TimestampFormat")]
    [InlineData("08:37", "a time of day without a date", "2026-01-31 18:00")]
    [InlineData("23:59:59", "a time of day without a date", "2026-01-31 18:00")]
    [InlineData("6 PM", "is not a time", "-TimestampFormat")]
    [InlineData("08.37", "no unix time", "-TimestampFormat")]
    [InlineData("8.37", "no unix time", "-TimestampFormat")]
    [InlineData("46053.75", "no unix time", "-TimestampFormat")]
    [InlineData("-5", "no unix time", "-TimestampFormat")]
    [InlineData("2026", "no unix time", "-TimestampFormat")]
    [InlineData("2026-04", "is a month", "-TimestampFormat 'yyyy-MM' for its first day")]
    [InlineData("April 2026", "is a month", "-TimestampFormat 'MMMM yyyy'")]
    [InlineData("Jan 2026 01:00", "is not a time", "ISO 8601")]
    [InlineData("2026-W05", "is a week", "'2026-W05-1'")]
    [InlineData("2026W05", "is a week", "'2026W051'")]
    [InlineData("20261331", "no unix time", "-TimestampFormat")]
    [InlineData("202601311800", "no unix time", "yyyyMMddHHmmss")]
    [InlineData("20260131180000", "no unix time", "yyyyMMddHHmmss")]
    [InlineData("1769882400125", "milliseconds", "-TimestampFormat unixms")]
    [InlineData("1769882400125000", "microseconds", "-TimestampFormat unixus")]
    [InlineData("1769882400125000000", "nanoseconds", "-TimestampFormat unixns")]
    [InlineData("NaN", "is not a time", "ISO 8601")]
    [InlineData("2026-01-31 18:00 CET", "'CET' for a zone", "'2026-01-31 18:00+01:00'")]
    [InlineData("2026-07-31T18:00:00 PDT", "'2026-07-31T18:00:00-07:00'", "-TimeZone (such as America/Los_Angeles)")]
    [InlineData("2026-01-31 18:00 XYZ", "'XYZ' for a zone", "-TimeZone")]
    [InlineData("2026-01-31 18:00 PST", "'PST' for a zone", "-TimeZone")]
    [InlineData("2026-02-30", "is not a time", "ISO 8601")]
    [InlineData("2026-01-31 25:00", "is not a time", "ISO 8601")]
    [InlineData("2026-01-31 18:61", "is not a time", "ISO 8601")]
    [InlineData("2026-01-31 18.30", "is not a time", "ISO 8601")]
    [InlineData("2026-01-31T24:00:01Z", "is not a time", "ISO 8601")]
    [InlineData("2026-02-13T23:59:60Z", "leap second", "00 to 59")]
    [InlineData("2016-12-31T23:59:60", "leap second", "00 to 59")]
    [InlineData("2016-12-31T12:00:60Z", "leap second", "00 to 59")]
    [InlineData("31 Jan 2026 24:01", "is not a time", "ISO 8601")]
    [InlineData("2026-W54-1", "is not a time", "ISO 8601")]
    [InlineData("2025-366", "is not a time", "ISO 8601")]
    [InlineData("0000-01-01", "is not a time", "ISO 8601")]
    [InlineData("2026-01-31T18:00:00+99:00", "is not a time", "ISO 8601")]
    [InlineData("2026-01-31T18:00:00.Z", "is not a time", "ISO 8601")]
    [InlineData("3 Feb", "is not a time", "ISO 8601")]
    [InlineData("tomorrow", "is not a time", "ISO 8601")]
    [InlineData("", "it is empty", "not a time")]
    [InlineData("٢٠٢٦-٠١-٣١", "is not a time", "ISO 8601")]
    public void Text_that_may_be_several_times_is_refused_with_the_way_to_say_it(string text, string reason, string way)
    {
        Assert.False(s_inBerlin.TryParse(text, out _, out string? refusal));
        Assert.Contains($"'{text}'", refusal);
        Assert.Contains(reason, refusal);
        Assert.Contains(way, refusal);
    }

    [Theory]
    [InlineData("de-DE", "11.03.2026 08:00", "2026-03-11T07:00:00")]
    [InlineData("en-GB", "03/04/2026", "2026-04-02T22:00:00")]
    [InlineData("en-US", "03/04/2026 6:00 PM", "2026-03-04T17:00:00")]
    [InlineData("fr-FR", "3 février 2026 18:00", "2026-02-03T17:00:00")]
    [InlineData("th-TH", "3/2/2569 18:00", "2026-02-03T17:00:00")]
    [InlineData("de-DE", "11.03.2026 24:00", "2026-03-11T23:00:00")]
    [InlineData("fa-IR", "1404/12/24", "2026-03-14T23:00:00")]
    [InlineData("fa-IR", "1404/12/24 24:00", "2026-03-15T23:00:00")]
    [InlineData("fa-IR", "2026-03-15", "2026-03-14T23:00:00")]
    [InlineData("th-TH", "2569/02/13 10:00", "2026-02-13T09:00:00")]
    [InlineData("th-TH", "2569.2.13 10:00", "2026-02-13T09:00:00")]
    [InlineData("ar-SA", "1447/09/26", "2026-03-14T23:00:00")]
    [InlineData("sv-SE", "2026-03-04 18:00", "2026-03-04T17:00:00")]
    [InlineData("sv-SE", "4 mars 2026 18:00", "2026-03-04T17:00:00")]
    [InlineData("th-TH", "2026-02-03 18:00", "2026-02-03T17:00:00")]
    [InlineData("ar-SA", "2026-02-03T18:00Z", "2026-02-03T18:00:00")]
    public void Culture_gives_the_order_of_dates_and_leaves_ISO_8601_as_it_is(string culture, string text, string utc)
    {
        TimestampParser parser = new(new TimestampOptions { TimeZone = s_berlin, Culture = CultureInfo.GetCultureInfo(culture) });
        Assert.True(parser.TryParse(text, out double seconds, out string? reason), reason);
        Assert.Equal(DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture).ToUnixTimeSeconds(), seconds);
    }

    [Theory]
    [InlineData("sv-SE", "03/04/2026")]
    [InlineData("ja-JP", "03/04/2026 10:00")]
    [InlineData("zh-CN", "3.4.2026")]
    [InlineData("hu-HU", "13-04-2026")]
    [InlineData("fa-IR", "24/12/1404")]
    public void Culture_that_writes_the_year_first_does_not_say_the_order_of_dates_with_the_year_last(string culture, string text)
    {
        Assert.False(new TimestampParser(new TimestampOptions { Culture = CultureInfo.GetCultureInfo(culture) }).TryParse(text, out _, out string? reason));
        Assert.Contains($"the culture {culture} writes the year first. Give -TimestampFormat", reason);
    }

    [Theory]
    [InlineData("fa-IR", "1404-12-24", "year 1404")]
    [InlineData("th-TH", "2569-02-13 10:00", "year 2569")]
    [InlineData("th-TH", "25690213T100000Z", "year 2569")]
    [InlineData("th-TH", "2026/02/13", "year 1483")]
    [InlineData("th-TH", "13/2/2026", "year 1483")]
    [InlineData("ar-SA", "1447-09-26", "year 1447")]
    public void Date_that_is_probably_of_the_other_calendar_is_refused_with_the_way_to_write_it(string culture, string text, string year)
    {
        Assert.False(new TimestampParser(new TimestampOptions { Culture = CultureInfo.GetCultureInfo(culture) }).TryParse(text, out _, out string? reason));
        Assert.Contains(year, reason);
        Assert.Contains("slashes or dots", reason);
        Assert.Contains("-TimestampFormat", reason);
        Assert.Contains("omit -Culture", reason);
    }

    [Fact]
    public void Format_reads_the_calendar_of_the_culture()
    {
        TimestampParser parser = new(new TimestampOptions { Culture = CultureInfo.GetCultureInfo("fa-IR"), Formats = ["yyyy-MM-dd"], TimeZone = TimeZoneInfo.Utc });
        Assert.True(parser.TryParse("1404-12-24", out double seconds, out string? reason), reason);
        Assert.Equal(1773532800, seconds);
    }

    [Theory]
    [InlineData("de-DE", "31/13/2026")]
    [InlineData("de-DE", "3.4.26")]
    [InlineData("de-DE", "3. April")]
    [InlineData("de-DE", "08:37")]
    public void Culture_does_not_make_up_a_date_or_a_century(string culture, string text)
        => Assert.False(new TimestampParser(new TimestampOptions { Culture = CultureInfo.GetCultureInfo(culture) }).TryParse(text, out _, out _));

    [Theory]
    [InlineData("dd.MM.yyyy HH:mm", "11.03.2026 08:00", 1773212400)]
    [InlineData("dd.MM.yy HH:mm:ss.fff", "11.03.26 08:00:00.250", 1773212400.25)]
    [InlineData("yyyyMMddHHmmss", "20260311080000", 1773212400)]
    [InlineData("dd/MMM/yyyy:HH:mm:ss zzz", "11/Mar/2026:08:00:00 +02:00", 1773208800)]
    [InlineData("unix", "5.5", 5.5)]
    [InlineData("unix", "-86400", -86400)]
    [InlineData("unixms", "1769882400125", 1769882400.125)]
    [InlineData("unixms", "-125", -0.125)]
    [InlineData("UnixUS", "1769882400125001", 1769882400.125001)]
    [InlineData("unixns", "1769882400123456789", 1769882400.1234567)]
    [InlineData("dd.MM.yyyy HH:mm", "11.03.2026 24:00", 1773270000)]
    [InlineData("dd.MM.yyyy HH:mm", "24.02.2024 24:00", 1708815600)]
    [InlineData("yyyyMMddHHmmss", "20260311240000", 1773270000)]
    [InlineData("dd.MM.yyyy HH:mm zzz", "11.03.2026 24:00 +02:00", 1773266400)]
    [InlineData("dd.MM.yyyy HH:mm zzz", "11.03.2026 24:00 +00:00", 1773273600)]
    [InlineData("iso", "2026-03-11T07:00:00Z", 1773212400)]
    public void Format_says_the_form(string format, string text, double seconds)
    {
        TimestampParser parser = new(new TimestampOptions { TimeZone = s_berlin, Formats = [format] });
        Assert.True(parser.TryParse(text, out double read, out string? reason), reason);
        Assert.Equal(seconds, read);
    }

    [Fact]
    public void With_formats_only_these_are_read_and_the_first_that_fits_counts()
    {
        TimestampParser parser = new(new TimestampOptions { TimeZone = TimeZoneInfo.Utc, Formats = ["dd.MM.yyyy", "yyyy"] });
        Assert.True(parser.TryParse("1970", out double seconds, out _));
        Assert.Equal(0, seconds);
        Assert.True(parser.TryParse("02.01.1970", out seconds, out _));
        Assert.Equal(86400, seconds);
        Assert.False(parser.TryParse("1970-01-01", out _, out string? reason));
        Assert.Equal("'1970-01-01' is not a time of the format 'dd.MM.yyyy' or 'yyyy'.", reason);
    }

    [Theory]
    [InlineData("HH:mm")]
    [InlineData("dd.MM. HH:mm")]
    public void Format_without_a_year_is_refused(string format)
        => Assert.Throws<FormatException>(() => new TimestampParser(new TimestampOptions { Formats = [format] }));

    [SkippableTheory]
    [InlineData("Europe/Berlin", "2026-10-25 02:30", "occurs twice")]
    [InlineData("Europe/Berlin", "2026-03-29 02:30", "does not exist")]
    [InlineData("Europe/Dublin", "2026-10-25 01:30", "occurs twice")]
    [InlineData("America/New_York", "2026-11-01 01:30", "occurs twice")]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45", "occurs twice")]
    [InlineData("Europe/Moscow", "2014-10-26 01:30", "occurs twice")]
    [InlineData("Pacific/Apia", "2011-12-30 12:00", "does not exist")]
    [InlineData("W. Europe Standard Time", "2026-10-25 02:30", "occurs twice")]
    public void Local_times_that_are_none_or_two_are_refused(string zone, string text, string reason)
    {
        Skip.If(OperatingSystem.IsWindows() && zone == "Pacific/Apia", "Windows lets a zone change its offset at the end of a year only, so no day is missing there.");
        TimestampParser parser = new(new TimestampOptions { TimeZone = TimeZones.Find(zone)! });
        Assert.False(parser.TryParse(text, out _, out string? refusal));
        Assert.Contains(reason, refusal);
        Assert.False(parser.TryConvert(DateTime.Parse(text, CultureInfo.InvariantCulture), out _, out refusal));
        Assert.Contains(reason, refusal);
    }

    [SkippableTheory]
    [InlineData("Europe/Berlin", "2026-10-25 02:30", "'2026-10-25T02:30:00+02:00' or '2026-10-25T02:30:00+01:00'")]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45", "'2026-04-05T01:45:00+11:00' or '2026-04-05T01:45:00+10:30'")]
    [InlineData("Europe/Berlin", "2026-03-29 02:30", "'2026-03-29T02:30:00+01:00'")]
    [InlineData("America/Santiago", "2026-09-06 00:30", "'2026-09-06T00:30:00-04:00'")]
    [InlineData("Pacific/Apia", "2011-12-30 12:00", "'2011-12-30T12:00:00-10:00'")]
    public void Refusal_shows_the_text_with_the_offsets_of_its_zone(string zone, string text, string example)
    {
        Skip.If(OperatingSystem.IsWindows() && zone == "Pacific/Apia", "Windows lets a zone change its offset at the end of a year only, so no day is missing there.");
        TimestampParser parser = new(new TimestampOptions { TimeZone = TimeZones.Find(zone)! });
        Assert.False(parser.TryParse(text, out _, out string? refusal));
        Assert.Contains($"as in {example}", refusal);
        Assert.False(parser.TryConvert(DateTime.Parse(text, CultureInfo.InvariantCulture), out _, out refusal));
        Assert.Contains($"as in {example}", refusal);
    }

    [Fact]
    public void Format_does_not_take_other_digits_for_the_hour_24()
    {
        TimestampParser parser = new(new TimestampOptions { Formats = ["dd.MM.yyyy HH:mm:ss"], TimeZone = TimeZoneInfo.Utc });
        foreach (string text in (string[])["24.13.2026 00:00:00", "11.03.2026 24:00:01", "11.03.2026 24:24:00", "29.02.2024 25:00:00", "31.12.9999 24:00:00"])
        {
            Assert.False(parser.TryParse(text, out _, out _), text);
        }
    }

    [Fact]
    public void Every_local_time_that_occurs_once_is_read_as_the_time_it_is()
    {
        foreach (string id in (string[])["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata", "Pacific/Apia"])
        {
            TimeZoneInfo zone = TimeZones.Find(id)!;
            TimestampParser parser = new(new TimestampOptions { TimeZone = zone });
            DateTime start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            ILookup<DateTime, DateTime> times = Enumerable.Range(0, 365 * 96)
                .Select(quarter => start.AddMinutes(15 * quarter))
                .ToLookup(utc => TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
            foreach (IGrouping<DateTime, DateTime> local in times)
            {
                bool isTime = parser.TryParse(local.Key.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), out double seconds, out _);
                Assert.Equal(local.Count() == 1, isTime);
                Assert.True(!isTime || seconds == UnixTime.FromDateTimeOffset(local.First()), $"{id} {local.Key:O}");
            }
        }
    }

    [Fact]
    public void ISO_8601_and_numbers_are_read_without_allocation()
    {
        string[] texts = ["2026-01-31T18:00:00.125Z", "2026-01-31T18:00:00.1234567+01:00", "2026-06-30 18:00", "1769882400.125"];
        ReadAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            ReadAll();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);

        void ReadAll()
        {
            foreach (string text in texts)
            {
                Assert.True(s_inBerlin.TryParse(text, out _, out _));
            }
        }
    }
}
