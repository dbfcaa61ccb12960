BeforeAll {
    . "$PSScriptRoot/store.ps1"
    Set-Location $TestDrive

    function New-File([string[]] $Line, [string] $Encoding = 'utf8NoBOM') {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).csv"
        Set-Content $path $Line -Encoding $Encoding
        $path
    }

    # The times in unix seconds and the values as JSON: 'time=value …'.
    function Get-Value($Stream) { (Get-CdbDatapoint $Stream | ForEach-Object { "$($_.T)=$($_.GetValue())" }) -join ' ' }

}

AfterAll {
    Set-Location $PSScriptRoot
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Import-CdbCsv' {
    It 'reads <Kind>' -TestCases @(
        @{ Kind = 'commas and unix seconds'; Line = 'time,v', '1772539200,1.5', '1772539201,2.5'; Values = '1772539200=1.5 1772539201=2.5' }
        @{ Kind = 'tabs'; Line = "time`tv", "2026-03-03T12:00:00Z`t1.5"; Values = '1772539200=1.5' }
        @{ Kind = 'semicolons and decimal commas'; Line = 'time;v', '2026-03-03 12:00Z;1,25', '2026-03-03 12:01Z;2'; Values = '1772539200=1.25 1772539260=2.0' }
        @{ Kind = 'decimal commas and points between groups of digits'; Line = 'time;v', '2026-03-03 12:00Z;1.234,5', '2026-03-03 12:01Z;1.234'; Values = '1772539200=1234.5 1772539260=1234.0' }
        @{ Kind = 'decimal points and commas between groups of digits'; Line = 'time;v', '2026-03-03 12:00Z;1,234.5', '2026-03-03 12:01Z;1,234'; Values = '1772539200=1234.5 1772539260=1234.0' }
        @{ Kind = 'quoted decimal commas between commas'; Line = 'time,v', '1772539200,"1,25"'; Values = '1772539200=1.25' }
        @{ Kind = 'the minus U+2212'; Line = 'time;v', '1772539200;−1,5', '1772539201;2'; Values = '1772539200=-1.5 1772539201=2.0'; With = @{ Culture = 'sv-SE' } }
        @{ Kind = 'Arabic digits'; Line = 'time;v', '1772539200;١٫٥', '1772539201;-٢'; Values = '1772539200=1.5 1772539201=-2.0'; With = @{ Culture = 'ar-SA' } }
        @{ Kind = 'unix seconds with a decimal comma'; Line = 'time;v', '1772539200,5;1.234,5'; Values = '1772539200.5=1234.5' }
        @{ Kind = 'milliseconds with a decimal comma'; Line = 'time;v', '1772539200500,0;2'; Values = '1772539200.5=2'; With = @{ TimestampFormat = 'unixms'; Culture = 'de-DE' } }
        @{ Kind = 'quotes around everything'; Line = '"time","v"', '"1772539200","1.5"'; Values = '1772539200=1.5' }
        @{ Kind = 'a line that names the delimiter'; Line = 'sep=|', 'time|v', '1772539200|1.5'; Values = '1772539200=1.5' }
        @{ Kind = 'comments, a preamble, empty lines and units'; Line = '# station 7', 'Exported,by,hand', '', 'time,v', 's,°C', '1772539200,1.5', '', '# pause', '1772539201,2.5'; Values = '1772539200=1.5 1772539201=2.5' }
        @{ Kind = 'names in a comment'; Line = '# time;v', '1772539200;1.5'; Values = '1772539200=1.5' }
        @{ Kind = 'a date and a time of day'; Line = 'Date,Time,v', '2026-03-03,12:00,1', '2026-03-03,12:00:30,2'; Values = '1772539200=1 1772539230=2'; With = @{ TimeZone = 'UTC' } }
        @{ Kind = 'a repeated header'; Line = 'time,v', '1772539200,1', 'time,v', '1772539201,2'; Values = '1772539200=1 1772539201=2' }
        @{ Kind = 'signs of missing values'; Line = 'time,v', '1772539200,1', '1772539201,', '1772539202,-', '1772539203,NaN', '1772539204,n/a', '1772539205,unavailable', '1772539206,2'; Values = '1772539200=1 1772539206=2' }
        @{ Kind = 'an empty column at the end of each row'; Line = 'time,v', '1772539200,1,', '1772539201,2,'; Values = '1772539200=1 1772539201=2' }
        @{ Kind = 'the export of ThingSpeak'; Line = 'created_at,entry_id,v', '2026-03-03 12:00:00 UTC,1,1.5'; Values = '1772539200=1.5'; With = @{ ValueColumn = 'v' } }
        @{ Kind = 'the history of Home Assistant'; Line = 'entity_id,state,last_changed', 'sensor.a,21.5,2026-03-03T12:00:00.000Z', 'sensor.a,unavailable,2026-03-03T12:00:01.000Z', 'sensor.a,21.6,2026-03-03T12:00:02.000Z'; Values = '1772539200=21.5 1772539202=21.6'; With = @{ ValueColumn = 'state' } }
        @{ Kind = 'a counter of typeperf'; Line = '"(PDH-CSV 4.0) (W. Europe Standard Time)(-60)","\\PC\Processor(_Total)\% Processor Time"', '"03/03/2026 13:00:00.250"," "', '"03/03/2026 13:00:01.250","12.5"'; Values = '1772539201.25=12.5'; With = @{ TimestampFormat = 'MM/dd/yyyy HH:mm:ss.fff'; TimeZone = 'Europe/Berlin' } }
        @{ Kind = 'a weather file with days first'; Line = 'datetime;temperature', '03.03.2026 13:00;5,2', '04.03.2026 13:00;6,1'; Values = '1772539200=5.2 1772625600=6.1'; With = @{ Culture = 'de-DE'; TimeZone = 'Europe/Berlin' } }
        @{ Kind = 'milliseconds'; Line = 'ts,v', '1772539200250,1'; Values = '1772539200.25=1'; With = @{ TimestampFormat = 'unixms' } }
        @{ Kind = 'a file without a header'; Line = '1772539200,1', '1772539201,2'; Values = '1772539200=1 1772539201=2'; With = @{ Header = 'time', 'v' } }
        @{ Kind = 'the decimal mark of Arabic script'; Line = 'time;v', '2026-03-03T12:00:00Z;-21٫5', '2026-03-03T12:00:01Z;1٬234٫25'; Values = '1772539200=-21.5 1772539201=1234.25' }
        @{ Kind = 'times in Arabic digits'; Line = 'time;v', '٢٠٢٦-٠٣-٠٣T١٢:٠٠:٠٠Z;1'; Values = '1772539200=1'; With = @{ Culture = 'ar-SA' } }
        @{ Kind = 'dates of the Persian calendar in Persian digits'; Line = 'time;v', '۱۴۰۴/۱۲/۱۲ ۱۲:۰۰;1'; Values = '1772539200=1'; With = @{ Culture = 'fa-IR'; TimeZone = 'UTC' } }
        @{ Kind = 'ends of lines of old Macs'; Line = "time,v`r1772539200,1.5`r1772539201,2.5"; Values = '1772539200=1.5 1772539201=2.5' }
        @{ Kind = 'joined files with byte order marks'; Line = "`u{FEFF}time,v", '1772539200,1', "`u{FEFF}time,v", '1772539201,2', "`u{FEFF}1772539202,3"; Values = '1772539200=1 1772539201=2 1772539202=3' }
        @{ Kind = 'two byte order marks before quoted names'; Line = "`u{FEFF}`u{FEFF}`"time`",`"v`"", '1772539200,1'; Values = '1772539200=1' }
        @{ Kind = 'a column of row numbers without a name'; Line = ',time,v', '0,1772539200,1', '1,1772539201,2'; Values = '1772539200=1 1772539201=2' }
        @{ Kind = 'a clock without summer time'; Line = 'time;v', '2026-07-03 13:00;1'; Values = '1783080000=1'; With = @{ TimeZone = 'UTC+01:00' } }
        @{ Kind = 'the newest row first'; Line = 'time,v', '1772539203,3', '1772539202,2', '1772539201,1'; Values = '1772539201=1 1772539202=2 1772539203=3'; With = @{ Sort = $true } }
    ) {
        $with ??= @{}
        $stream = New-EmptyStream number
        $result = Import-CdbCsv (New-File $line) $stream @with -WarningVariable warnings
        Get-Value $stream | Should -Be $values
        $result.Stored | Should -Be @($values -split ' ').Count
        $warnings | Should -BeNullOrEmpty
    }

    It 'reads text in <_>' -ForEach 'utf8BOM', 'utf8NoBOM', 'unicode', 'bigendianunicode', 'utf32', 'ansi' {
        $stream = New-EmptyStream string
        $null = Import-CdbCsv (New-File 'time,v', '1772539200,Größe' -Encoding ($_ -eq 'ansi' ? 'windows-1252' : $_)) $stream
        (Get-CdbDatapoint $stream).Data | Should -Be 'Größe'
    }

    It 'reads text in an encoding that is given' {
        $stream = New-EmptyStream string
        $null = Import-CdbCsv (New-File 'time,v', '1772539200,Ωμέγα' -Encoding 'windows-1253') $stream -Encoding windows-1253
        (Get-CdbDatapoint $stream).Data | Should -Be 'Ωμέγα'
    }

    It 'takes the culture of the file and not that of the session: <_>' -ForEach 'de-DE', 'th-TH', 'ar-SA', 'tr-TR' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $stream = New-EmptyStream number
            $null = Import-CdbCsv (New-File 'time,v', '2026-03-03T12:00:00.5Z,1.5') $stream
            (Get-CdbDatapoint $stream).T -eq 1772539200.5 | Should -BeTrue
            (Get-CdbDatapoint $stream).Data -eq 1.5 | Should -BeTrue
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'imports all columns of a wide file to streams of their names, and creates them with a schema of their values' {
        $names = 'number', 'flag', 'word', 'list' | ForEach-Object { "$_$(Get-Random)" }
        $file = New-File "time,$($names -join ',')", '1772539200,1,true,a,"[1,2]"', '1772539201,2.5,false,b,"[]"'
        $result = Import-CdbCsv $file -CreateStream
        $result.Stored | Should -Be 8
        (Get-CdbStream $names).Schema | Should -Be '{"type":"number"}', '{"type":"boolean"}', '{"type":"string"}', '{"type":"array"}'
        Get-Value $names[0] | Should -Be '1772539200=1 1772539201=2.5'
        Get-Value $names[3] | Should -Be '1772539200=[1,2] 1772539201=[]'
    }

    It 'imports a file with a column of streams' {
        $a, $b = "a$(Get-Random)", "b$(Get-Random)"
        $null = Import-CdbCsv (New-File 'epoch,key,value', "1,$a,5", "2,$b,x", "3,$a,6") -StreamColumn key -TimestampFormat unix -CreateStream
        Get-Value $a | Should -Be '1=5 3=6'
        Get-Value $b | Should -Be '2="x"'
    }

    It 'keeps all digits of whole numbers' {
        $stream = New-EmptyStream integer
        $null = Import-CdbCsv (New-File 'time,v', '1,18446744073709551557', '2,9007199254740993', '3,-92233720368547758090') $stream -TimestampFormat unix
        Get-Value $stream | Should -Be '1=18446744073709551557 2=9007199254740993 3=-92233720368547758090'
    }

    It 'reads numbers where a schema with <Schema> allows them' -TestCases @(
        @{ Schema = 'null'; Definition = @{ type = 'number', 'null' } }
        @{ Schema = 'alternatives'; Definition = @{ anyOf = @(@{ type = 'number' }, @{ type = 'boolean' }) } }
        @{ Schema = 'a range'; Definition = @{ type = 'number'; minimum = 0 } }
    ) {
        $stream = (New-CdbStream "s$(Get-Random)" -Schema $definition).Path
        $null = Import-CdbCsv (New-File 'time,v', '1772539200,"1.5"') $stream
        Get-Value $stream | Should -Be '1772539200=1.5'
    }

    It 'rejects a row with a bad value, keeps its other values, and writes it aside with its line' {
        $a, $b = (New-EmptyStream number), (New-EmptyStream number)
        $file = New-File '# a comment', 'time,a,b', '1772539200,1,10', '1772539201,broken,11', 'never,3,12', '1772539203,4', '1772539202,5,13', '1772539201,6,14'
        $result = Import-CdbCsv $file $a, $b -RejectedPath ./rejected.csv -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Rows, $result.Rejected, $result.Stored | Should -Be 6, 4, 5
        Get-Value $a | Should -Be '1772539200=1 1772539202=5'
        Get-Value $b | Should -Be '1772539200=10 1772539201=11 1772539202=13'
        $rejected = Import-Csv ./rejected.csv
        $rejected.Line | Should -Be 4, 5, 6, 8
        $rejected.Row | Should -Be '1772539201,broken,11', 'never,3,12', '1772539203,4', '1772539201,6,14'
        $rejected.Reason[0] | Should -Be "a: 'broken' is not a number."
        $rejected.Reason[3] | Should -BeLike '*before that of the row before*'
        $warnings[0] | Should -BeLike "*4 of 6 rows*line 4: a: 'broken' is not a number.*rejected.csv'.*"
    }

    It 'doubles nothing of many values at one time' {
        $stream = New-EmptyStream number
        $file = New-File (@('time,v') + (1..60000 | ForEach-Object { "1772539200,$($_ % 7)" }) + '1772539201,5')
        (Import-CdbCsv $file $stream).Stored | Should -Be 60001
        (Import-CdbCsv $file $stream).AlreadyThere | Should -Be 60001
    }

    It 'goes on where the last import ended, and doubles nothing' {
        $stream = New-EmptyStream number
        $null = Import-CdbCsv (New-File 'time,v', '1,1', '2,2', '2,3') $stream -TimestampFormat unix
        $result = Import-CdbCsv (New-File 'time,v', '1,1', '2,2', '2,3', '2,4', '3,5') $stream -TimestampFormat unix
        $result.AlreadyThere, $result.Stored | Should -Be 3, 2
        Get-Value $stream | Should -Be '1=1 2=2 2=3 2=4 3=5'
    }

    It 'rejects rows that are older than the newest datapoint and not in the stream' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream 9 -Timestamp 5
        $result = Import-CdbCsv (New-File 'time,v', '1,1', '6,2') $stream -TimestampFormat unix -WarningAction SilentlyContinue
        $result.Stored, $result.Rejected | Should -Be 1, 1
        $result.FirstRejected[0].Reason | Should -BeLike '*has newer datapoints, up to 1970-01-01T00:00:05Z*'
    }

    It 'reads the hour that occurs twice by the order of the rows' {
        $stream = New-EmptyStream number
        $null = Import-CdbCsv (New-File 't,v', '2026-10-25 01:30,1', '2026-10-25 02:00,2', '2026-10-25 02:30,3', '2026-10-25 02:00,4', '2026-10-25 02:30,5', '2026-10-25 03:00,6') $stream -TimeZone Europe/Berlin
        Get-Value $stream | Should -Be '1792884600=1 1792886400=2 1792888200=3 1792890000=4 1792891800=5 1792893600=6'
    }

    It 'reads the hour that occurs twice of a file with the newest row first' {
        $stream = New-EmptyStream number
        $null = Import-CdbCsv (New-File 't,v', '2026-10-25 03:10,5', '2026-10-25 02:30,4', '2026-10-25 02:00,3', '2026-10-25 02:30,2', '2026-10-25 02:00,1', '2026-10-25 01:30,0') $stream -TimeZone Europe/Berlin -Sort
        Get-Value $stream | Should -Be '1792884600=0 1792886400=1 1792888200=2 1792890000=3 1792891800=4 1792894200=5'
    }

    It 'reads the hour that occurs twice by the order of the rows of each stream, <Kind>' -TestCases @(
        @{ Kind = 'one after the other'; Order = { $_[1] } }
        @{ Kind = 'side by side'; Order = { $_[0] } }
    ) {
        $clocks = '01:00', '02:00', '02:00', '03:00'
        $a, $b = "a$(Get-Random)", "b$(Get-Random)"
        $rows = foreach ($i in 0..3) { foreach ($name in $a, $b) { , ($i, $name, "2026-10-25 $($clocks[$i]),$name,$i") } }
        $file = New-File (@('t,key,v') + ($rows | Sort-Object $order -Stable | ForEach-Object { $_[2] }))
        $null = Import-CdbCsv $file -StreamColumn key -TimeZone Europe/Berlin -CreateStream
        foreach ($name in $a, $b) { Get-Value $name | Should -Be '1792882800=0 1792886400=1 1792890000=2 1792893600=3' }
    }

    It 'rejects rows of the hour that occurs twice if it begins anew with the next stream only' {
        $a, $b = "a$(Get-Random)", "b$(Get-Random)"
        $file = New-File 't,key,v', "2026-10-25 01:30,$a,1", "2026-10-25 02:00,$a,2", "2026-10-25 02:30,$a,3", "2026-10-25 02:00,$b,4", "2026-10-25 02:30,$b,5", "2026-10-25 03:00,$b,6"
        $result = Import-CdbCsv $file -StreamColumn key -TimeZone Europe/Berlin -CreateStream -WarningAction SilentlyContinue
        $result.FirstRejected.Line | Should -Be 3, 4, 5, 6
        $result.FirstRejected[0].Reason | Should -BeLike '*occurs twice*'
        Get-Value $a | Should -Be '1792884600=1'
        Get-Value $b | Should -Be '1792893600=6'
    }

    It 'rejects a row that names no stream, and goes on' {
        $a = "a$(Get-Random)"
        $result = Import-CdbCsv (New-File 't,key,v', "1,$a,5", '2,,6', "3,$a,7") -StreamColumn key -TimestampFormat unix -CreateStream -WarningAction SilentlyContinue
        $result.FirstRejected | Should -BeLike 'line 3: key: it is empty*'
        Get-Value $a | Should -Be '1=5 3=7'
    }

    It 'rejects zeros among the lines, as a power failure leaves them' {
        $stream = New-EmptyStream number
        $result = Import-CdbCsv (New-File 'time,v', '1772539200,1', ("`0" * 600), "1772539201,`0`05", '1772539202,3') $stream -WarningAction SilentlyContinue
        Get-Value $stream | Should -Be '1772539200=1 1772539202=3'
        $result.FirstRejected.Line | Should -Be 3, 4
        $result.FirstRejected[1].Reason | Should -Be "v: '\0\05' is not a number."
    }

    It 'says what reads numbers with marks between their digits' {
        $stream = New-EmptyStream number
        $file = New-File 'time;v', "2026-03-03T12:00:00Z;1 234,5", "2026-03-03T12:01:00Z;12`u{202F}345,25"
        (Import-CdbCsv $file $stream -WarningAction SilentlyContinue).FirstRejected[0].Reason | Should -BeLike "v: '1 234,5' is not a number*-Culture*fr-FR*"
        (Import-CdbCsv $file $stream -Culture fr-FR).Stored | Should -Be 2
        Get-Value $stream | Should -Be '1772539200=1234.5 1772539260=12345.25'
    }

    It 'rejects rows that are not in the order of time, and names -Sort' {
        $stream = New-EmptyStream number
        $result = Import-CdbCsv (New-File 'time,v', '1772539200,1', '1772539205,2', '1772539203,3') $stream -WarningAction SilentlyContinue
        $result.FirstRejected | Should -BeLike 'line 4: *before that of the row before*-Sort*'
    }

    It 'rejects a row without a time of day, which would be midnight' {
        $stream = New-EmptyStream number
        $result = Import-CdbCsv (New-File 'date;clock;v', '2026-03-03;12:00;1', '2026-03-03;;2', '2026-03-03;" ";3', '2026-03-03;12:01;4') $stream -TimestampColumn date, clock -TimeZone UTC -WarningAction SilentlyContinue
        Get-Value $stream | Should -Be '1772539200=1 1772539260=4'
        $result.FirstRejected.Line | Should -Be 3, 4
        $result.FirstRejected[0].Reason | Should -BeLike 'clock: it is empty*'
    }

    It 'rejects a number that no double holds, where the schema is <_>' -ForEach 'number', '{}' {
        $stream = New-EmptyStream ($_ -eq '{}' ? $null : $_)
        $result = Import-CdbCsv (New-File 'time,v', '1772539200,1e400', '1772539201,-1e400', '1772539202,1e300') $stream -WarningAction SilentlyContinue
        $result.Stored, $result.Rejected | Should -Be 1, 2
        $result.FirstRejected[0].Reason | Should -BeLike '*1e400 is larger than*'
    }

    It 'refuses <Kind>, and says what to do' -TestCases @(
        @{ Kind = 'days and months in an unknown order'; Line = 'time;v', '02.03.2026 08:00;5'; Message = '*Line 2: *-TimestampFormat*-Culture*' }
        @{ Kind = 'numbers that may be two'; Line = 'time;v', '2026-03-03;1,234'; Message = "*'1,234' may be 1.234 or 1234*-Culture*" }
        @{ Kind = 'a column that does not exist'; Line = 'time,v', '1772539200,1'; With = @{ ValueColumn = 'w' }; Message = "*has no column 'w'. Its columns are 'time', 'v'.*" }
        @{ Kind = 'columns without a stream'; Line = 'time,v,w', '1772539200,1,2'; Message = "*has 2 columns with values ('v', 'w'), and -Stream has 1.*-ValueColumn*" }
        @{ Kind = 'a file without a time'; Line = 'a,b', '1,2'; Message = "*-TimestampColumn*'a', 'b'.*" }
        @{ Kind = 'a file without a header'; Line = '1772539200,1', '1772539201,2'; Message = '*has no names of columns*-Header*' }
        @{ Kind = 'one column'; Line = 'v', '1'; Message = '*has one column only*-Delimiter*' }
        @{ Kind = 'an empty file'; Line = @(); Message = '*is empty*' }
        @{ Kind = 'the newest row first'; Line = 'time,v', '1772539203,3', '1772539202,2', '1772539201,1'; Message = '*from the newest to the oldest*-Sort*' }
        @{ Kind = 'milliseconds'; Line = 'time,v', '1772539200250,1'; Message = '*-TimestampFormat unixms*' }
        @{ Kind = 'a name of two columns'; Line = 'time,v,v', '1772539200,1,2'; With = @{ ValueColumn = 'v' }; Message = "*has 2 columns 'v': the columns 2, 3.*-Header with 3 names, and -SkipLine 1.*" }
        @{ Kind = 'values in a column without a name'; Line = 'time,,v', '1772539200,7,1'; Message = '*Column 2 *no name*-ValueColumn*-Header with 3 names, and -SkipLine 1.*' }
        @{ Kind = 'unix seconds without their last digits'; Line = 'time,v', '1.77254E+09,1', '1.77255E+09,2'; Message = '*without its last digits*-TimestampFormat unix*' }
        @{ Kind = 'decimal commas between commas'; Line = 'time,v', '1772539200,1,5', '1772539201,2,5'; Message = "*header*2 names*rows have 3 columns*decimal mark*-Header*-SkipLine 1.*" }
        @{ Kind = 'comments only'; Line = '# a', '# b'; Message = '*no rows*comments only*' }
        @{ Kind = 'fewer lines than are skipped'; Line = 'time,v', '1772539200,1'; With = @{ SkipLine = 9 }; Message = '*no rows after its first 9 lines*-SkipLine*' }
        @{ Kind = 'a format without a year'; Line = 'time,v', '1772539200,1'; With = @{ TimestampFormat = 'HH:mm' }; Message = '*has no year*' }
    ) {
        $with ??= @{}
        $stream = New-EmptyStream number
        Import-CdbCsv (New-File $line) $stream @with -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($problems[0])" | Should -BeLike $message
        @(Get-CdbDatapoint $stream).Count | Should -Be 0
    }

    It 'refuses a stream that does not exist unless it may be created' {
        Import-CdbCsv (New-File 'time,nowhere', '1772539200,1') -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        "$($problems[0])" | Should -BeLike "*me/user/nowhere*-CreateStream*-Stream*"
    }

    It 'refuses a name of a column that cannot be the name of a stream, and shows how to name the stream' {
        Import-CdbCsv (New-File 'time,Temp [C]', '1772539200,1') -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($problems[0])" | Should -BeLike "*'Temp ``[C``]'*-CreateStream makes it 'Temp__C_'*-Stream*"
    }

    It 'refuses a name of a stream in a row that cannot be one, and shows how to create the stream' {
        Import-CdbCsv (New-File 'entity_id,state,time', 'sensor.a,1,1772539200') -StreamColumn entity_id -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($problems[0])" | Should -BeLike "*'sensor.a'*-CreateStream makes it 'sensor_a'*"
    }

    It 'creates streams for names in a column that cannot be names of streams, shows them first, and goes on with them' {
        $n = Get-Random
        $line = 'entity_id,state,last_changed', "sensor.a$n,21.5,2026-03-03T12:00:00.000Z", "sensor.außen $n,5,2026-03-03T12:00:01.000Z", 'entity_id,state,last_changed'
        $more = @(2..20 | ForEach-Object { "sensor.a$n,$_,2026-03-03T12:00:$($_.ToString('00')).000Z" }) + "b/%$n,7,2026-03-03T12:01:00Z"
        $file = New-File ($line + $more)
        $preview = Import-CdbCsv $file -StreamColumn entity_id -CreateStream -WhatIf
        $preview.Streams.Column | Should -Be "sensor.a$n", "sensor.außen $n", "b/%$n"
        "$($preview.Streams.Stream)" | Should -Be "me/user/sensor_a$n me/user/sensor_au_en_$n me/user/b__$n"
        (Import-CdbCsv $file -StreamColumn entity_id -CreateStream).Stored | Should -Be 22
        Get-Value "sensor_au_en_$n" | Should -Be '1772539201=5'
        Test-CdbItem entity_id | Should -BeFalse
        $again = Import-CdbCsv $file -StreamColumn entity_id -CreateStream
        $again.Stored, $again.AlreadyThere | Should -Be 0, 22
    }

    It 'creates streams for names of columns that cannot be names of streams' {
        $n = Get-Random -Maximum 10000
        $file = New-File "time,Temp $n °C,\\PC$n\% Disk Reads/sec,2nd $n,$('x' * 300)", '1772539200,1,2,3,4'
        $result = Import-CdbCsv $file -CreateStream
        "$($result.Streams[0..2])" | Should -Be "me/user/Temp_${n}__C me/user/m__PC${n}___Disk_Reads_sec me/user/m2nd_$n"
        $result.Streams | ForEach-Object { (Get-CdbDatapoint $_).Data } | Should -Be 1, 2, 3, 4
    }

    It 'refuses two names that would become one stream, and stores nothing: <Kind>' -TestCases @(
        @{ Kind = 'columns'; Line = 'time,twice.a,twice a', '1772539200,1,2'; With = @{}; Message = "*'twice.a' and 'twice a'*'me/user/twice_a'*-Stream*" }
        @{ Kind = 'rows'; Line = 'time,key,value', '1772539200,twice.a,1', '1772539201,twice_a,2'; With = @{ StreamColumn = 'key' }; Message = "*'twice.a' and 'twice_a'*'me/user/twice_a'*Rename*" }
        @{ Kind = 'a name and its path'; Line = 'time,key,value', '1772539200,twice_a,1', '1772539201,me/user/twice_a,2'; With = @{ StreamColumn = 'key' }; Message = "*'twice_a' and 'me/user/twice_a'*Rename*" }
    ) {
        Import-CdbCsv (New-File $line) -CreateStream @with -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidName*'
        "$($problems[0])" | Should -BeLike $message
        Test-CdbItem twice_a | Should -BeFalse
    }

    It 'refuses a missing file, a folder, and bytes that are no text' {
        [System.IO.File]::WriteAllBytes("$TestDrive/binary.csv", [byte[]] (0..255 * 4))
        Import-CdbCsv ./nothing.csv, $TestDrive, ./binary.csv x -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 3
        "$($problems[0])" | Should -BeLike "There is no file '*nothing.csv'. *"
        "$($problems[1])" | Should -BeLike '*is a folder*'
        "$($problems[2])" | Should -BeLike '*is no text*'
    }

    It 'refuses a compressed file, and one that is read once only' {
        [System.IO.File]::WriteAllBytes("$TestDrive/a.csv.gz", [byte[]] (0x1F, 0x8B, 8, 0, 0, 0, 0, 0))
        Import-CdbCsv ./a.csv.gz (New-EmptyStream number) -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($problems[0])" | Should -BeLike '*is compressed. Expand it*'
        if (-not $IsWindows) {
            $stream = New-EmptyStream number
            bash -c "mkfifo '$TestDrive/pipe'"
            $writer = [System.Diagnostics.Process]::Start('bash', [string[]] ('-c', "printf 'time,v\n1772539200,1\n' > '$TestDrive/pipe'"))
            Import-CdbCsv ./pipe $stream -ErrorAction SilentlyContinue -ErrorVariable problems
            $writer.WaitForExit()
            "$($problems[0])" | Should -BeLike '*is a pipe or a device*Save*file*'
            Get-CdbDatapoint $stream | Should -BeNullOrEmpty
        }
    }

    It 'says that a file ends in the middle of a character: <Encoding>' -TestCases @(
        @{ Encoding = 'utf-8' }
        @{ Encoding = 'utf-16' }
    ) {
        $text = [System.Text.Encoding]::GetEncoding($encoding)
        $bytes = $text.GetPreamble() + $text.GetBytes("time;v`n1772539200,0;Größe`n1772539201,0;Maß")
        [System.IO.File]::WriteAllBytes("$TestDrive/cut.csv", [byte[]] $bytes[0..($bytes.Count - 2)])
        Import-CdbCsv ./cut.csv (New-EmptyStream string) -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($problems[0])" | Should -BeLike "*no text in $encoding*cut off in the middle of a character*"
    }

    It 'tells after Ctrl+C what is stored, and goes on from there' -Skip:$IsWindows {
        $stream = New-EmptyStream number
        $file = Join-Path $TestDrive many.csv
        Set-Content $file "time,v`n$([string]::Join(",1.5`n", [System.Linq.Enumerable]::Range(1772539200, 4000000))),1.5"
        $process = Start-Pwsh "`$null = Connect-Cdb -Path '$store'; 'begin'; Import-CdbCsv '$file' $stream"
        $process.StandardOutput.ReadLine() | Should -Be 'begin'
        while ((Get-CdbStream $stream).Datapoints -eq 0) { $process.HasExited | Should -BeFalse }
        kill -INT $process.Id
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        $stored = (Get-CdbStream $stream).Datapoints
        $output -replace '\s+', ' ' | Should -BeLike "*did not finish: $($stored.ToString('N0')) datapoints of the first $($stored.ToString('N0')) rows, up to line $($stored + 1), are stored. Import the file again*"
        $result = Import-CdbCsv $file $stream
        $result.AlreadyThere, $result.Stored | Should -Be $stored, (4000000 - $stored)
    }

    It 'warns that a last byte may be the begin of a character that is cut off' {
        [System.IO.File]::WriteAllBytes("$TestDrive/open.csv", [byte[]] ([System.Text.Encoding]::ASCII.GetBytes("time,v`n1772539200,Gr") + 0xC3))
        $null = Import-CdbCsv ./open.csv (New-EmptyStream string) -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*last byte of '*open.csv'*windows-1252*cut off*-Encoding utf8*"
    }

    It 'does not write rejected rows over the file that it reads' {
        $file = New-File 'time,v', '1772539200,broken'
        Import-CdbCsv $file (New-EmptyStream number) -RejectedPath $file -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($problems[0])" | Should -BeLike '*would be overwritten*'
        @(Get-Content $file).Count | Should -Be 2
    }

    It 'stores the rows before bytes that are no text, and says where these are' {
        $stream = New-EmptyStream string
        $file = New-File (@('time,v') + (1..30000 | ForEach-Object { "$(1772539200 + $_),abcdef" }) + '1772600000,Größe') -Encoding windows-1252
        Import-CdbCsv $file $stream -ErrorAction SilentlyContinue -ErrorVariable problems -WarningVariable warnings -WarningAction SilentlyContinue
        "$($problems[0])" | Should -BeLike '*are no text in utf-8*-Encoding windows-1252*'
        $stored = (Get-CdbStream $stream).Datapoints
        $stored | Should -BeGreaterThan 20000
        "$warnings" | Should -BeLike '*did not finish*'
        (Import-CdbCsv $file $stream -Encoding windows-1252).AlreadyThere | Should -Be $stored
        (Get-CdbDatapoint $stream -Last 1).Data | Should -Be 'Größe'
    }

    It 'makes a stream for <Schema> of a column with <Values>' -TestCases @(
        @{ Schema = 'number'; Values = '1', '2', '#DIV/0!', 'NaN'; Stored = 2; Rejected = 1 }
        @{ Schema = 'number'; Values = 'broken', '1', '2'; Stored = 2; Rejected = 1 }
        @{ Schema = 'number'; Values = '1', 'Infinity', '2', '', 'x', '3'; Stored = 3; Rejected = 1 }
        @{ Schema = 'number'; Values = @(1..20) + 'E5'; Stored = 20; Rejected = 1 }
        @{ Schema = 'string'; Values = '1', 'a', 'b'; Stored = 3; Rejected = 0 }
        @{ Schema = 'string'; Values = '1', 'a'; Stored = 2; Rejected = 0 }
        @{ Schema = 'string'; Values = 'on', 'off', 'NaN'; Stored = 3; Rejected = 0 }
    ) {
        $name = "n$(Get-Random)"
        $t = 1772539200
        $result = Import-CdbCsv (New-File (@("time,$name") + ($values | ForEach-Object { "$(($t++)),$_" }))) -CreateStream -WarningAction SilentlyContinue
        (Get-CdbStream $name).Schema | Should -Be "{`"type`":`"$schema`"}"
        $result.Stored, $result.Rejected | Should -Be $stored, $rejected
    }

    It 'rejects a row with a quote without an end, and no other row' {
        $stream = New-EmptyStream number
        $file = New-File (@('time,v') + (1..200 | ForEach-Object { "$(1772539200 + $_),$_" }) + '1772540000,"12 inch' + (1..2000 | ForEach-Object { "$(1772541000 + $_),`"$_`"" }) + '1772544000,"3')
        $result = Import-CdbCsv $file $stream -WarningAction SilentlyContinue
        $result.Rows, $result.Stored | Should -Be 2202, 2200
        $result.FirstRejected.Line | Should -Be 202, 2203
        $result.FirstRejected.Row | Should -Be '1772540000,"12 inch', '1772544000,"3'
        $result.FirstRejected.Reason | Should -Be 'The row has a quote without an end.', 'The row has a quote without an end.'
    }

    It 'rejects a first row with a quote without an end' {
        $result = Import-CdbCsv (New-File 'time,v', '1772539200,"1', '1772539201,2') (New-EmptyStream number) -WarningAction SilentlyContinue
        $result.Rows, $result.Stored | Should -Be 2, 1
        $result.FirstRejected.Line | Should -Be 2
    }

    It 'reads quotes in the middle of a text as a part of it, and texts of several lines' {
        $stream = New-EmptyStream string
        $null = Import-CdbCsv (New-File 'time,v', '1772539200,12" pipe', '1772539201,b', '1772539202,3" pipe', '1772539203,"two', 'lines"', '1772539204,c') $stream
        (Get-CdbDatapoint $stream).Data -replace '\r?\n', '|' | Should -Be '12" pipe', 'b', '3" pipe', 'two|lines', 'c'
    }

    It 'warns of a file with a header only' {
        $result = Import-CdbCsv (New-File 'time,v') (New-EmptyStream number) -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Rows | Should -Be 0
        "$warnings" | Should -BeLike '*has no rows of data*'
    }

    It 'reads a file that another process has open for writing' {
        $file = New-File 'time,v', '1772539200,1'
        $stream = New-EmptyStream number
        $writer = [System.IO.File]::Open($file, 'Append', 'Write', 'ReadWrite')
        try { $null = Import-CdbCsv $file $stream } finally { $writer.Dispose() }
        Get-Value $stream | Should -Be '1772539200=1'
    }

    It 'shows with -WhatIf what the first rows would become, and stores nothing' {
        $stream = New-EmptyStream number
        $new = "new$(Get-Random)"
        $preview = Import-CdbCsv (New-File 'Datum;a;b', '13.03.2026 08:00;5,2;x', '13.03.2026 08:10;broken;y') $stream, $new -CreateStream -Culture de-DE -TimeZone Europe/Berlin -WhatIf
        $preview.Delimiter, $preview.DecimalMark, $preview.HeaderLine, $preview.FirstLine | Should -Be ';', ',', 1, 2
        $preview.TimestampColumn | Should -Be 'Datum'
        $preview.TimeZone | Should -Be 'Europe/Berlin'
        $preview.Streams.IsNew | Should -Be $false, $true
        $preview.Streams[1].Schema | Should -Be '{"type":"string"}'
        $preview.Values.Data | Should -Be 5.2, 'x', 'y', $null
        $preview.Values[0].Timestamp.ToUnixTimeSeconds() | Should -Be 1773385200
        $preview.Values[-1].Problem | Should -Be "a: 'broken' is not a number."
        @(Get-CdbDatapoint $stream).Count | Should -Be 0
        Test-CdbItem $new | Should -BeFalse
        $preview | Format-List | Out-String | Should -BeLike "*'a' to $stream*line 2: 2026-03-13T07:00:00Z*"
    }

    It 'shows with -WhatIf which streams do not exist, and what to add' {
        $name = "missing$(Get-Random)"
        $preview = Import-CdbCsv (New-File "time,$name", '1772539200,1.5') -WhatIf
        $preview.Streams[0].IsMissing, $preview.Streams[0].IsNew | Should -Be $true, $false
        "$($preview.Streams[0])" | Should -BeLike "*$name, which does not exist (add -CreateStream*-Stream)*"
        $preview.Values.Data | Should -Be 1.5
        Test-CdbItem $name | Should -BeFalse
    }

    It 'warns of times far ahead' {
        $stream = New-EmptyStream number
        $null = Import-CdbCsv (New-File 'time,v', '2026-03-03T12:00:00Z,1', '2099-01-01,2') $stream -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*for '$stream' is more than a day ahead*Remove-CdbDatapoint*"
        $null = Import-CdbCsv (New-File 'time,v', '2098-01-01,3') $stream -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        "$warnings" | Should -Not -BeLike '*more than a day ahead*'
    }

    It 'completes the names of the columns of the file' {
        Set-Content ./complete.csv 'Datum;Temp C;Feuchte', '2026-03-13 08:00;5,2;71'
        $line = 'Import-CdbCsv ./complete.csv -ValueColumn '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'Datum', "'Temp C'", 'Feuchte'
    }

    It 'takes files from the pipeline' {
        $stream = New-EmptyStream number
        $null = New-Item -ItemType Directory ./many
        Set-Content ./many/1.csv 'time,v', '1772539200,1'
        Set-Content ./many/2.csv 'time,v', '1772539201,2'
        (Get-ChildItem ./many | Import-CdbCsv -Stream $stream).Stored | Should -Be 1, 1
        Get-Value $stream | Should -Be '1772539200=1 1772539201=2'
    }

    It 'keeps values without a field apart from null and from an empty text in a file of Export-CdbCsv' {
        $a, $b = "a$(Get-Random)", "b$(Get-Random)"
        $null = Import-CdbCsv (New-File "`"Time`",`"$a`",`"$b`"", '2026-03-03T12:00:00Z,null,""', '2026-03-03T12:00:01Z,,"5"', '2026-03-03T12:00:02Z,5,') -CreateStream
        Get-Value $a | Should -Be '1772539200=null 1772539202=5'
        Get-Value $b | Should -Be '1772539200="" 1772539201="5"'
    }
}
