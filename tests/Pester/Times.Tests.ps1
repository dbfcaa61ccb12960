BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream number -Schema number
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Times as text' {
    It 'refuses a text that may be another time, and says what to do: <Time>' -ForEach @(
        @{ Time = '11.03.2026 08:00'; Says = 'the day or the month' }
        @{ Time = '3/4/26'; Says = 'two digits' }
        @{ Time = '23:59:59'; Says = 'time of day' }
        @{ Time = '08.37'; Says = 'no unix time' }
        @{ Time = '8:37 PM'; Says = 'time of day' }
        @{ Time = '1.77254E+09'; Says = 'without its last digits*-TimestampFormat unix' }
        @{ Time = '2026-03-03 12:00:00 CET'; Says = "'CET' for a zone, which can be several offsets" }
    ) {
        $stream = New-EmptyStream number
        [pscustomobject]@{ when = $Time; v = 1 } | Add-CdbDatapoint $stream -TimestampProperty when -ValueProperty v -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0] | Should -BeLike "Datapoint 1 for '$stream' was not stored*The property 'when' is not a time. *$Time*$Says*"
        { Add-CdbDatapoint $stream 1 -Timestamp $Time } | Should -Throw -ExpectedMessage "*$Time*$Says*"
        Get-CdbDatapoint $stream | Should -BeNullOrEmpty
    }

    It 'reads a time as other programs write it: <_>' -ForEach '2024-09-30 12:48:11 UTC', '20240930T124811Z', '2024-09-30 14:48:11 +02:00', '2024-09-30T12:48:11,000Z', '1727700491' {
        $stream = New-EmptyStream number
        [pscustomobject]@{ when = $_; v = 1 } | Add-CdbDatapoint $stream -TimestampProperty when -ValueProperty v
        (Get-CdbDatapoint $stream).T | Should -Be 1727700491
    }

    It 'reads a time by <With>' -ForEach @(
        @{ Time = '11.03.2026 08:00'; With = @{ TimestampFormat = 'dd.MM.yyyy HH:mm'; TimeZone = 'Europe/Berlin' }; T = 1773212400 }
        @{ Time = '11.03.2026 08:00'; With = @{ TimestampFormat = 'iso', 'dd.MM.yyyy HH:mm'; TimeZone = 'W. Europe Standard Time' }; T = 1773212400 }
        @{ Time = '11.03.2026 08:00'; With = @{ Culture = 'de-DE'; TimeZone = 'UTC' }; T = 1773216000 }
        @{ Time = '03/11/2026'; With = @{ Culture = 'en-US'; TimeZone = 'europe/berlin' }; T = 1773183600 }
        @{ Time = '2026-03-11 08:00'; With = @{ TimeZone = 'America/New_York' }; T = 1773230400 }
        @{ Time = '1773212400125'; With = @{ TimestampFormat = 'unixms' }; T = 1773212400.125 }
        @{ Time = '5'; With = @{ TimestampFormat = 'unix' }; T = 5 }
        @{ Time = '1.7725E+09'; With = @{ TimestampFormat = 'unix' }; T = 1772500000 }
        @{ Time = '2026-07-11 08:00'; With = @{ TimeZone = '+05:45' }; T = 1783736100 }
        @{ Time = '١١/٠٣/٢٠٢٦ ٠٨:٠٠'; With = @{ Culture = 'en-GB'; TimeZone = 'UTC' }; T = 1773216000 }
    ) {
        $stream = New-EmptyStream number
        [pscustomobject]@{ when = $Time; v = 1 } | Add-CdbDatapoint $stream -TimestampProperty when -ValueProperty v @With
        (Get-CdbDatapoint $stream).T | Should -Be $T
        $argument = New-EmptyStream number
        Add-CdbDatapoint $argument 1 -Timestamp $Time @With
        (Get-CdbDatapoint $argument).T | Should -Be $T
        $several = New-EmptyStream number
        Add-CdbDatapoint $several 1, 2 -Timestamp 4, $Time @With
        (Get-CdbDatapoint $several).T | Should -Be 4, $T
    }

    It 'reads a date without an offset in the zone of -TimeZone, and keeps the id of an argument that is no time' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream 1 -Timestamp ([datetime] '2026-04-05 10:00') -TimeZone Asia/Tokyo
        (Get-CdbDatapoint $stream).T | Should -Be 1775350800
        { Add-CdbDatapoint $stream 1 -Timestamp tomorrow } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage "*'Timestamp'*'tomorrow' is not a time*"
        { Add-CdbDatapoint $stream 1 -Timestamp @{} } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        Add-CdbDatapoint $stream 2 -Timestamp 1h
        (Get-CdbDatapoint $stream -Last 1).Timestamp | Should -BeLessThan ([DateTimeOffset]::UtcNow.AddMinutes(-59))
    }

    It 'says how a time before now is written: <_>' -ForEach '7x', '1 hour', 'yesterday' {
        { Get-CdbDatapoint number -Since $_ } | Should -Throw -ExpectedMessage "*such as '1h' or '7d'*"
    }

    It 'refuses <_>' -ForEach '-TimestampFormat HH:mm', '-TimeZone Europe/Nowhere', '-Culture german' {
        { Invoke-Expression "[pscustomobject]@{ when = '08:00'; v = 1 } | Add-CdbDatapoint number -TimestampProperty when -ValueProperty v $_ -ErrorAction Stop" } | Should -Throw
    }

    It 'reads a date without separators and the given format in the property t, which has unix seconds otherwise' {
        $stream = New-EmptyStream number
        @{ t = '5'; d = 1 }, @{ t = '20260131'; d = 2 } | ForEach-Object { [pscustomobject] $_ } | Add-CdbDatapoint $stream -TimeZone UTC
        [pscustomobject]@{ t = '20260201'; d = 3 } | Add-CdbDatapoint $stream -TimestampFormat yyyyMMdd -TimeZone UTC
        (Get-CdbDatapoint $stream).Time | Should -Be '1970-01-01T00:00:05Z', '2026-01-31T00:00:00Z', '2026-02-01T00:00:00Z'
    }

    It 'tells by the order of the rows which time of the hour that occurs twice it is' {
        $stream = New-EmptyStream number
        "t,v`n2026-10-25 01:30,1`n2026-10-25 02:00,2`n2026-10-25 02:30,3`n2026-10-25 02:00,4`n2026-10-25 02:30,5`n2026-10-25 03:00,6" | ConvertFrom-Csv |
            Add-CdbDatapoint $stream -TimestampProperty t -ValueProperty v -TimeZone Europe/Berlin
        Get-CdbDatapoint $stream | ForEach-Object { "$($_.Time.Substring(11, 5))=$($_.Data)" } | Should -Be '23:30=1', '00:00=2', '00:30=3', '01:00=4', '01:30=5', '02:00=6'
    }

    It 'tells by the order which time of the hour that occurs twice it is, for <Way>' -ForEach @(
        @{ Way = '-Timestamp with several texts'; Add = { Add-CdbDatapoint $stream (1..6) -Timestamp $times -TimeZone Europe/Berlin } }
        @{ Way = '-Timestamp with several dates'; Add = { Add-CdbDatapoint $stream (1..6) -Timestamp ([datetime[]] $times) -TimeZone Europe/Berlin } }
        @{ Way = 'datapoints as an argument'; Add = { Add-CdbDatapoint $stream $points -TimeZone Europe/Berlin } }
        @{ Way = 'Invoke-CdbTransform'; Add = { $points | Invoke-CdbTransform '$' -TimeZone Europe/Berlin | Add-CdbDatapoint $stream } }
        @{ Way = 'Write-CdbLog'; Add = { $points | Write-CdbLog $stream.Stream -Logger $clocks -TimeZone Europe/Berlin; $null = Sync-CdbLogger $clocks } }
    ) {
        $stream = New-EmptyStream number
        $times = '01:30', '02:00', '02:30', '02:00', '02:30', '03:00' | ForEach-Object { "2026-10-25 $_" }
        $points = 0..5 | ForEach-Object { [pscustomobject]@{ t = $times[$_]; d = $_ + 1 } }
        $clocks = New-CdbLogger "$TestDrive/$($stream.Stream).db" -Sink (New-CdbSink -ConnectorDb $store)
        Add-CdbLoggerStream $stream.Stream -Schema number -Logger $clocks -Force
        & $Add
        Get-CdbDatapoint $stream | ForEach-Object { "$($_.Time.Substring(11, 5))=$($_.Data)" } | Should -Be '23:30=1', '00:00=2', '00:30=3', '01:00=4', '01:30=5', '02:00=6'
        Stop-CdbLogger $clocks
    }

    It 'refuses -Timestamp of the hour that occurs twice where the order does not tell which one it is' {
        $stream = New-EmptyStream number
        { Add-CdbDatapoint $stream 1, 2, 3 -Timestamp '2026-10-25 01:30', '2026-10-25 02:15', '2026-10-25 03:00' -TimeZone Europe/Berlin } | Should -Throw -ExpectedMessage '*occurs twice*'
        Get-CdbDatapoint $stream | Should -BeNullOrEmpty
    }

    It 'tells by the order of objects which time of the hour that occurs twice it is, in the zone of this computer' -Skip:$IsWindows {
        $zone = $env:TZ
        try {
            $env:TZ = 'Europe/Berlin'
            [TimeZoneInfo]::ClearCachedData()
            $null = New-CdbLogger "$TestDrive/local.db" -Sink (New-CdbSink -JsonFile "$TestDrive/local.jsonl")
            Add-CdbLoggerStream v -Schema number -Force
            $rows = '01:30', '02:00', '02:30', '02:00', '02:30', '03:00' | ForEach-Object { [pscustomobject]@{ Time = "2026-10-25 $_"; a = 1; b = 2 } }
            $rows | Export-CdbCsv "$TestDrive/twice.csv"
            (Import-Csv "$TestDrive/twice.csv").Time | ForEach-Object Substring 11 5 | Should -Be '23:30', '00:00', '00:30', '01:00', '01:30', '02:00'
            { $rows | Show-CdbChart -NoColor } | Should -Not -Throw
            { $rows[0, 1, 2, 5] | Show-CdbChart -ErrorAction Stop } | Should -Throw -ExpectedMessage '*occurs twice*'
            { $rows[0, 1, 2, 5] | Export-CdbCsv "$TestDrive/refused.csv" } | Should -Throw -ExpectedMessage '*occurs twice*'
            Test-Path "$TestDrive/refused.csv" | Should -BeFalse
            Write-CdbLog @{ v = $rows | ForEach-Object { @{ t = $_.Time; d = $_.a } } }
            $null = Sync-CdbLogger
            Get-Content "$TestDrive/local.jsonl" | ConvertFrom-Json | ForEach-Object { $_.t } | Should -Be (0..5 | ForEach-Object { 1792884600 + 1800 * $_ })
        }
        finally {
            Stop-CdbLogger
            $env:TZ = $zone
            [TimeZoneInfo]::ClearCachedData()
        }
    }

    It 'tells by the rows of each stream which time of the hour that occurs twice it is, and refuses it if only the next stream begins the hour anew' {
        $a, $b, $c = (New-EmptyStream number), (New-EmptyStream number), (New-EmptyStream number)
        $rows = "$a 01:00", "$c 01:00", "$a 02:00", "$c 02:00", "$a 02:00", "$b 02:00", "$b 02:30", "$c 02:00", "$a 03:00", "$c 03:00"
        $rows | ForEach-Object { $name, $clock = $_ -split ' '; [pscustomobject]@{ Stream = $name; t = "2026-10-25 $clock"; d = 1 } } |
            Add-CdbDatapoint -TimeZone Europe/Berlin -ErrorAction SilentlyContinue -ErrorVariable problems
        (Get-CdbDatapoint $a).T | Should -Be 1792882800, 1792886400, 1792890000, 1792893600
        (Get-CdbDatapoint $c).T | Should -Be (Get-CdbDatapoint $a).T
        Get-CdbDatapoint $b | Should -BeNullOrEmpty
        $problems | Should -HaveCount 2
        $problems | Should -BeLike '*occurs twice*'
    }

    It 'refuses a local time that <Says>' -ForEach @{ Time = '2026-10-25 02:30'; Says = 'occurs twice' }, @{ Time = '2026-03-29 02:30'; Says = 'does not exist' } {
        $stream = New-EmptyStream number
        $Time, ([datetime]::SpecifyKind([datetime] $Time, 'Unspecified')) | ForEach-Object {
            [pscustomobject]@{ t = $_; d = 1 } | Add-CdbDatapoint $stream -TimeZone Europe/Berlin -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem[0] | Should -BeLike "*$Says*"
        }
        [pscustomobject]@{ when = $Time; v = 1 } | Add-CdbDatapoint $stream -TimestampProperty when -ValueProperty v -TimeZone Europe/Berlin -ErrorAction SilentlyContinue
        Get-CdbDatapoint $stream | Should -BeNullOrEmpty
    }

    It 'stores what came before a time that is refused, with -ErrorAction Stop, also in the hour that occurs twice' {
        $stream = New-EmptyStream number
        { '2026-10-25 01:30', '2026-10-25 02:15', 'no time' | ForEach-Object { [pscustomobject]@{ t = $_; d = 1 } } | Add-CdbDatapoint $stream -TimeZone Europe/Berlin -ErrorAction Stop } |
            Should -Throw -ExpectedMessage '*occurs twice*'
        @(Get-CdbDatapoint $stream).Count | Should -Be 1
    }
}

Describe 'A time that is not a number, or infinite' {
    BeforeAll {
        $full = New-EmptyStream number
        Add-CdbDatapoint $full 1, 2 -Timestamp 1700000000, 1700000001
        $null = New-CdbLogger "$TestDrive/nan.db"
        Add-CdbLoggerStream nan
    }

    AfterAll { Stop-CdbLogger }

    It 'is refused by <_>, given as text and as a number' -ForEach @(
        'Remove-CdbDatapoint $full -Confirm:$false -After'
        'Get-CdbDatapoint $full -From'
        'Get-CdbDatapoint $full -To'
        'Get-CdbDatapoint $full -Since'
        'Measure-CdbStream $full -From'
        'Invoke-CdbMerge $full -Since'
        'Export-CdbCsv $TestDrive/nan.csv $full -From'
        'Export-CdbCsv $TestDrive/nan.csv $full -To'
        'Export-CdbCsv $TestDrive/nan.csv $full -Since'
        'Invoke-CdbDataset $full -Every 1h -From'
        'Invoke-CdbDataset $full -From 1700000000 -Every'
        'Add-CdbDatapoint $full 1 -Timestamp'
        'Add-CdbDatapoint $full 1, 2 -Timestamp 1800000000,'
        'Add-CdbDatapoint $full ([double[]] (1, 2, 3)) -Timestamp 1800000000, 1800000002,'
        'Write-CdbLog nan 1 -Timestamp'
        'Write-CdbEvent -Title x -Start'
        'Watch-CdbStream $full -Timeout'
        'Sync-CdbLogger -Timeout'
    ) {
        foreach ($time in "'NaN'", "' nan '", "'Infinity'", "'-Infinity'", "'+infinity'", "'9999999999999d'", '([double]::NaN)', '([double]::PositiveInfinity)', '([double]::NegativeInfinity)') {
            { Invoke-Expression "$_ $time" } | Should -Throw -ExpectedMessage '*not a*' -Because "$time is no time"
        }

        (Get-CdbDatapoint $full).Data | Should -Be 1, 2
        (Get-CdbLogger).Cached | Should -Be 0
    }

    It 'is refused with the number that was given' {
        { Add-CdbDatapoint $full 1 -Timestamp '-Infinity' } | Should -Throw -ExpectedMessage "*'-Infinity' is not a time*"
        { Add-CdbDatapoint $full 1 -Timestamp ([double]::NegativeInfinity) } | Should -Throw -ExpectedMessage '*-Infinity is not a time*'
        { Get-CdbDatapoint $full -Since 1,5h } | Should -Throw -ExpectedMessage '*A list of 2 values is not a time; a comma makes a list*'
        { Remove-CdbDatapoint $full -After 99999999d -Confirm:$false } | Should -Throw -ExpectedMessage "*'99999999d' before now is not a time of the years 1 to 9999*"
    }

    It 'is not taken as now among the times of an array' {
        $nan = [double]::NaN
        { Add-CdbDatapoint $full ([double[]] (1, 2, 3)) -Timestamp ([double[]] (1800000000, $nan, 1800000002)) } | Should -Throw -ExpectedMessage '*NaN is not a time*'
        { Add-CdbDatapoint $full ([double[]] (1, 2)) -Timestamp ([double[]] ($nan, 1800000002)) } | Should -Throw -ExpectedMessage '*NaN is not a time*'
        $arrays = Get-CdbDatapoint $full -AsArray
        $arrays.Timestamps[1] = $nan
        $copy = New-EmptyStream number
        { Add-CdbDatapoint $copy $arrays } | Should -Throw -ExpectedMessage '*Timestamp 2 of the arrays is NaN*'
        Get-CdbDatapoint $copy | Should -BeNullOrEmpty
    }

    It 'is not taken as now in an object: <_>' -ForEach @(
        '[pscustomobject]@{ t = [double]::NaN; d = 1 }'
        "[pscustomobject]@{ t = 'NaN'; d = 1 }"
        '[pscustomobject]@{ t = [double]::PositiveInfinity; d = 1 }'
        '@{ Timestamp = [double]::NaN; Data = 1 }'
        '[ConnectorDb.Datapoint]::new([double]::NaN, (Get-CdbDatapoint $full -Last 1).GetValue())'
    ) {
        $stream = New-EmptyStream number
        Invoke-Expression $_ | Add-CdbDatapoint $stream -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0] | Should -BeLike "*not a*time*"
        Invoke-Expression $_ | Write-CdbLog nan -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -HaveCount 1
        Get-CdbDatapoint $stream | Should -BeNullOrEmpty
        (Get-CdbLogger).Cached | Should -Be 0
    }

    It 'is not taken as now in a file of CSV' {
        $stream = New-EmptyStream number
        Set-Content $TestDrive/nan-times.csv 'time,v', '1700000000,1', 'NaN,2', 'Infinity,3'
        $null = Import-CdbCsv $TestDrive/nan-times.csv $stream -TimestampColumn time -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        (Get-CdbDatapoint $stream).Data | Should -Be 1
    }
}
