BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Write-CdbLog' {
    It 'writes values, objects and points' {
        Write-CdbLog numbers 1.5
        [pscustomobject]@{ a = 1; b = @(2, 3) } | Write-CdbLog -Prefix o
        Write-CdbLog -Measurement m -Field @{ f = 1 }
        $logger.Cached | Should -Be 5
        $logger.Streams | Should -Contain 'o_b_1'
    }

    It 'puts one underscore after a prefix that is written with or without it: <_>' -ForEach 'my', 'my_' {
        $log = New-CdbLogger (Join-Path $TestDrive "$([guid]::NewGuid()).db")
        [pscustomobject]@{ cpu = 1; disks = @(2, 3) } | Write-CdbLog -Prefix $_ -Logger $log
        $log.Streams | Should -Be 'my_cpu', 'my_disks_0', 'my_disks_1'
        Stop-CdbLogger $log -WarningAction Ignore
    }

    It 'writes rows with the columns Stream and Value, and datapoints, to the stream that they name' {
        Add-CdbLoggerStream rowed number -Force
        Add-CdbLoggerStream me/user/rowed -Force
        'Stream,Value', 'rowed,5.5', 'rowed,text', 'nowhere,1' | ConvertFrom-Csv | Write-CdbLog -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 2
        "$problems" | Should -BeLike "*no stream 'nowhere'*"
        'Stream,Timestamp,Value', 'rowed,2023-11-14T22:13:20Z,6.5' | ConvertFrom-Csv | Write-CdbLog
        [pscustomobject]@{ Stream = 'me/user/rowed'; T = 1700000000; D = 'x' } | Write-CdbLog
        $null = Sync-CdbLogger
        $entries = Get-Content $lines | ConvertFrom-Json | Where-Object channel -Like *rowed
        $entries.d | Should -Be 5.5, 6.5, 'x'
        $entries[1..2].t | Should -Be 1700000000, 1700000000
        $logger.Streams | Should -Not -Contain 'dict_Value'
    }

    It 'writes rows with the columns Measurement and Field as points, of several measurements' {
        @(
            [pscustomobject]@{ Measurement = 'inside'; Field = @{ air = 21.5 }; Tag = @{ room = 'hall' }; Time = '2023-11-14T22:13:20Z' }
            [pscustomobject]@{ Measurement = 'outside'; Field = @{ air = 7 } }
        ) | Write-CdbLog
        $null = Sync-CdbLogger
        $entries = Get-Content $lines | ConvertFrom-Json | Where-Object channel -In inside, outside
        $entries[0].d.fields.air, $entries[0].d.tags.room, $entries[0].t | Should -Be 21.5, 'hall', 1700000000
        $entries[1].d.fields.air | Should -Be 7
        $logger.Streams | Should -Not -Contain 'dict_Measurement'
    }

    It 'warns when there is nothing to write: <Call>' -ForEach @(
        @{ Call = { Write-CdbLog @{} } }
        @{ Call = { @{} | Write-CdbLog } }
        @{ Call = { [pscustomobject]@{} | Write-CdbLog } }
        @{ Call = { Write-CdbLog -Measurement nothing -Field @{} } }
    ) {
        $before = $logger.Cached
        (& $Call 3>&1) -join ' ' | Should -BeLike '*nothing was written*'
        $logger.Cached | Should -Be $before
    }

    It 'tells with -Verbose that a first point declares its measurement' {
        "$(Write-CdbLog -Measurement declared -Field @{ f = 1 } -Verbose 4>&1)" | Should -BeLike "*The first point of 'declared' declares the measurement*"
        "$(Write-CdbLog -Measurement declared -Field @{ f = 1 } -Verbose 4>&1)" | Should -Not -BeLike '*declares the measurement*'
    }

    It 'writes a hashtable to many streams in one transaction' {
        Add-CdbLoggerStream many -Force
        Write-CdbLog @{ numbers = 2.5; many = @{ t = 1700000000; d = 1 }, @{ t = 1700000001; d = 2 } }
        [ordered]@{ numbers = 3.5; many = 3 } | Write-CdbLog -Timestamp '2023-11-14T22:13:22Z'
        $null = Sync-CdbLogger
        $entries = Get-Content $lines | ConvertFrom-Json | Where-Object channel -EQ many
        $entries.d | Should -Be 1, 2, 3
        $entries.t | Should -Be 1700000000, 1700000001, 1700000002
    }

    It 'writes all of a hashtable or nothing' -ForEach @(
        @{ Entry = @{ numbers = 'not a number'; many = 1 }; Id = 'SchemaViolation,*' }
        @{ Entry = @{ numbers = 1; missing = 1 }; Id = 'NotFound,*' }
    ) {
        Add-CdbLoggerStream many -Force
        $before = $logger.Cached
        { Write-CdbLog $Entry -ErrorAction Stop } | Should -Throw -ErrorId $Id
        $logger.Cached | Should -Be $before
    }

    It 'takes no datapoint for a hashtable of streams' {
        { @{ t = 1700000000; d = 1 } | Write-CdbLog -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue,*' -ExpectedMessage '*-Stream*'
    }

    It 'names the streams of an object without a prefix as Initial State does' {
        Write-CdbLog -InputObject @{ temperature = 21.5 }
        Write-CdbLog -InputObject 1, 2
        Write-CdbLog -InputObject (Get-Process -Id $PID) -Property Id
        Write-CdbLog -InputObject ([pscustomobject]@{ PSTypeName = 'Weather'; rain = 0.5 })
        [pscustomobject]@{ door = $true } | Write-CdbLog
        Get-Process -Id $PID | Select-Object StartTime | Write-CdbLog
        $logger.Streams | Should -Contain dict_temperature
        $logger.Streams | Should -Contain list_1
        $logger.Streams | Should -Contain Process_Id
        $logger.Streams | Should -Contain Weather_rain
        $logger.Streams | Should -Contain dict_door
        $logger.Streams | Should -Contain Process_StartTime
        { Write-CdbLog -InputObject 21.5 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue,*' -ExpectedMessage '*-Stream*'
        { 21.5 | Write-CdbLog -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue,*' -ExpectedMessage '*-Stream*'
    }

    It 'writes a property with the name of a declared stream to this stream' {
        $log = New-CdbLogger (Join-Path $TestDrive "$([guid]::NewGuid()).db")
        Add-CdbLoggerStream inside number -Force
        Add-CdbLoggerStream steps array -Force
        [pscustomobject]@{ inside = '21.5'; outside = 4; steps = 1, 2 } | Write-CdbLog
        Write-CdbLog -InputObject @{ inside = 22.5 }
        [pscustomobject]@{ inside = 5 } | Write-CdbLog -Prefix other
        (Get-CdbLogger -Waiting | Where-Object Channel -EQ inside).Data | Should -Be 21.5, 22.5
        (Get-CdbLogger -Waiting | Where-Object Channel -EQ steps).Data | Should -Be 1, 2
        $log.Streams | Should -Contain dict_outside
        $log.Streams | Should -Contain other_inside
        $log.Streams | Should -Not -Contain dict_inside
        Stop-CdbLogger $log -WarningAction Ignore
    }

    It 'reads <Call> as <Expected>' -ForEach @(
        @{ Call = 'Write-CdbLog any ([int[]] (1, 2)) -Logger $log'; Expected = '1 2' }
        @{ Call = 'Write-CdbLog any (, (1, 2)) -Logger $log'; Expected = '[1,2]' }
        @{ Call = 'Write-CdbLog lists 1, 2 -Logger $log'; Expected = '[1,2]' }
    ) {
        $log = New-CdbLogger (Join-Path $TestDrive "$([guid]::NewGuid()).db")
        Add-CdbLoggerStream any -Force -Logger $log
        Add-CdbLoggerStream lists -Schema array -Force -Logger $log
        Invoke-Expression $call
        Get-CdbLogger $log -Waiting | ForEach-Object { "$($_.Point.GetValue())" } | Should -Be ($expected -split ' ')
        Stop-CdbLogger $log -WarningAction Ignore
    }

    It 'writes the properties of an object with one time' {
        $store = Join-Path $TestDrive 'store.cdb'
        $log = New-CdbLogger (Join-Path $TestDrive 'parts.db') -Sink (New-CdbSink -ConnectorDb $store)
        [pscustomobject]@{ cpu = 1.5; disks = @(2, @{ free = $true }); other = 'x' } | Write-CdbLog -Prefix p -Property cpu, disks -Logger $log
        $null = Sync-CdbLogger $log
        Stop-CdbLogger $log
        $connection = Connect-Cdb -Path $store
        $streams = Get-CdbStream p_*
        $streams | ForEach-Object { "$($_.Name)=$($_.LastDatapoint.Data)" } | Sort-Object | Should -Be @('p_cpu=1.5', 'p_disks_0=2', 'p_disks_1_free=True')
        $streams.LastDatapoint.T | Select-Object -Unique | Should -HaveCount 1
        Disconnect-Cdb $connection
    }

    It 'reads times by format, zone and culture, and warns of times more than a day ahead' {
        Add-CdbLoggerStream timed
        [pscustomobject]@{ t = '11.03.2026 08:00'; d = 1 } | Write-CdbLog timed -TimestampFormat 'dd.MM.yyyy HH:mm' -TimeZone Europe/Berlin
        [pscustomobject]@{ t = '12.03.2026'; d = 2 } | Write-CdbLog timed -Culture de-DE -TimeZone UTC
        [pscustomobject]@{ t = '13.03.2026'; d = 3 } | Write-CdbLog timed -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -BeLike '*-TimestampFormat*'
        [pscustomobject]@{ t = [DateTimeOffset]::UtcNow.AddDays(3); d = 4 } | Write-CdbLog timed -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike "A datapoint for 'timed' is more than a day ahead*"
        $null = Sync-CdbLogger
        (Get-Content $lines | ConvertFrom-Json | Where-Object channel -EQ timed).t[0, 1] | Should -Be 1773212400, 1773273600
    }

    It 'reads -Timestamp by the format, zone and culture of the call' {
        Add-CdbLoggerStream arguments
        Write-CdbLog arguments 1 -Timestamp '2026-04-05 10:00' -TimeZone Asia/Tokyo
        Write-CdbLog arguments 2 -Timestamp '06.04.2026' -TimestampFormat dd.MM.yyyy -TimeZone UTC
        Write-CdbLog arguments 3 -Timestamp '07.04.2026' -Culture de-DE -TimeZone UTC
        { Write-CdbLog arguments 4 -Timestamp tomorrow } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        { @{ a = 1 } | Write-CdbLog -Prefix arguments -Timestamp tomorrow } | Should -Throw -ExpectedMessage '*a date*'
        $null = Sync-CdbLogger
        (Get-Content $lines | ConvertFrom-Json | Where-Object channel -EQ arguments).t | Should -Be 1775350800, 1775433600, 1775520000
    }

    It 'leaves out a field that cannot be stored, and logs the others' {
        Write-CdbLog -Measurement room -Field @{ humidity = [double]::NaN; temperature = 21.5 } -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike "'humidity' is NaN*the other members*are kept."
        $null = Sync-CdbLogger
        (Get-Content $lines | ConvertFrom-Json | Where-Object channel -EQ room).d.fields.PSObject.Properties.Name | Should -Be 'temperature'
    }

    It 'refuses a point without a field that can be stored' {
        { Write-CdbLog -Measurement room -Field @{ humidity = [double]::NaN } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*nothing was written*'
    }

    It 'writes measurements with tags' {
        Write-CdbLog -Measurement tagged -Field @{ a = 1 } -Tag @{ host = 'h' }
        $null = Sync-CdbLogger
        Get-Content $lines | Where-Object { $_ -like '*{"tags":{"host":"h"},"fields":{"a":1}}*' } | Should -HaveCount 1
    }

    It 'rejects values that violate the schema, and writes the others' {
        Add-CdbLoggerStream whole -Schema integer -Force
        $before = $logger.Cached
        1, 'warm', 2, 'cold', 3 | Write-CdbLog whole -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 2
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'SchemaViolation*'
        $logger.Cached | Should -Be ($before + 3)
    }

    It 'counts from one and says the same in both texts' {
        Add-CdbLoggerStream counted -Schema integer -Force
        1, 'x', [double]::NaN, 2, 'y' | Write-CdbLog counted -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | ForEach-Object { "$_" -replace "^Datapoint (\d+) for 'counted' was not stored; the valid ones are.*", '$1' } | Sort-Object | Should -Be @('2', '3', '5')
        foreach ($problem in $problems) { $problem.Exception.Message | Should -BeExactly "$problem" }
    }

    It 'says how many were stored, where errors are shown' {
        Add-CdbLoggerStream sums -Schema integer -Force
        1, 'x', 2, 'y', 3 | Write-CdbLog sums -ErrorAction Continue -WarningVariable warnings -WarningAction SilentlyContinue 2> $null
        $warnings | Should -Be "3 of 5 datapoints for 'sums' were stored."
        1, 'x', 2 | Write-CdbLog sums -ErrorAction SilentlyContinue -WarningVariable none
        'x' | Write-CdbLog sums -ErrorAction Continue -WarningVariable +none 2> $null
        $none | Should -BeNullOrEmpty
    }

    It 'writes with -ErrorAction Stop exactly what came before <Bad>' -ForEach @(
        @{ Bad = "'x'" }
        @{ Bad = '[double]::NaN' }
        @{ Bad = '{ 1 }' }
    ) {
        Add-CdbLoggerStream stopped -Schema integer -Force
        $before = $logger.Cached
        $worst = Invoke-Expression $Bad
        { 1..9000 | ForEach-Object { if ($_ -eq 4500) { $worst } else { $_ } } | Write-CdbLog stopped -ErrorAction Stop } |
            Should -Throw -ExpectedMessage "Datapoint 4500 for 'stopped' was not stored, nor anything after it; the 4499 before it are.*"
        $logger.Cached - $before | Should -Be 4499
    }

    It 'leaves out fields and properties that are <_>, names them, and writes the others' -ForEach @([double]::NaN, [double]::PositiveInfinity) {
        $marker = "m$([guid]::NewGuid().ToString('N'))"
        Write-CdbLog -Measurement $marker -Field @{ humidity = $_; temperature = 21.5 } -Tag @{ place = $_; room = 'a' } -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -BeNullOrEmpty
        [pscustomobject]@{ humidity = $_; temperature = 21.5 } | Write-CdbLog -Prefix $marker -WarningVariable +warnings -WarningAction SilentlyContinue
        [pscustomobject]@{ humidity = $_; temperature = 21.5 } | Write-CdbLog -Prefix "${marker}2" -Property humidity, temperature -WarningVariable +warnings -WarningAction SilentlyContinue
        $warnings | ForEach-Object { "$_" -replace "^'(\w+)' is .*", '$1' } | Should -Be @('humidity', 'place', 'humidity', 'humidity')
        $null = Sync-CdbLogger
        $written = Get-Content $lines | Where-Object { $_ -like "*$marker*" } | ConvertFrom-Json
        $written | Should -HaveCount 3
        $written[0].d.fields.temperature | Should -Be 21.5
        $written[0].d.tags.room | Should -Be 'a'
        $written[0].d.fields.PSObject.Properties.Name | Should -Be 'temperature'
        $written[1, 2].d | Should -Be @(21.5, 21.5)
    }

    It 'writes one value at a time up to -MaxBytes, then says the bytes, and writes again after a sync: <_> bytes' -ForEach @(2000, 20000) {
        $limit = $_
        $log = New-CdbLogger (Join-Path $TestDrive "$([guid]::NewGuid()).db") -MaxBytes $limit -Sink (New-CdbSink -JsonFile (Join-Path $TestDrive 'limit.jsonl'))
        Add-CdbLoggerStream m -Schema string -Force -Logger $log
        foreach ($n in 1..300) { Write-CdbLog m ('a' * 100) -Logger $log -ErrorVariable +refused -ErrorAction SilentlyContinue }
        $log.Cached + $refused.Count | Should -Be 300
        "$($refused[0])" -match '(\d+) entr(?:y|ies) of (\d+) bytes .* holds (\d+) bytes .* waiting entries and 0 bytes .* limit is (\d+) bytes.*Sync-CdbLogger' | Should -BeTrue
        $one, $size, $held, $said = [int[]]$Matches[1..4]
        $one, $held, $said | Should -Be 1, ($log.Cached * $size), $limit
        $held | Should -BeLessOrEqual $limit
        $held + $size | Should -BeGreaterThan $limit
        (Sync-CdbLogger $log).Sent | Should -Be (300 - $refused.Count)
        Write-CdbLog m ('a' * 100) -Logger $log
        $log.Cached | Should -Be 1
        Stop-CdbLogger $log
    }

    It 'refuses all of a pipe that is larger than -MaxBytes, and says its size: <_>' -ForEach RefuseNew, DropOldest {
        $log = New-CdbLogger (Join-Path $TestDrive "$([guid]::NewGuid()).db") -MaxBytes 2000 -WhenFull $_
        Add-CdbLoggerStream m -Schema string -Force -Logger $log
        Write-CdbLog m 'first' -Logger $log
        { 1..200 | ForEach-Object { "$_" * 50 } | Write-CdbLog m -Logger $log -ErrorAction Stop } | Should -Throw -ErrorId 'StoreLimitReached*' -ExpectedMessage '*limit is 2000 bytes*write fewer entries at once*'
        $log.Cached | Should -Be 1
        Stop-CdbLogger $log -WarningAction Ignore
    }

    It 'drops the oldest values down to -MaxBytes with DropOldest' {
        $log = New-CdbLogger (Join-Path $TestDrive 'dropping.db') -MaxBytes 5000 -WhenFull DropOldest
        Add-CdbLoggerStream m -Schema string -Force -Logger $log
        foreach ($n in 1..200) { Write-CdbLog m ("$n".PadLeft(100)) -Logger $log }
        101..130 | ForEach-Object { "$_".PadLeft(100) } | Write-CdbLog m -Logger $log
        $waiting = (Get-CdbLogger $log -Waiting).Point.Data
        $waiting.Count | Should -BeLessOrEqual 50
        $waiting[-30..-1].Trim() | Should -Be (101..130)
        $log.Cached + $log.Status.Dropped | Should -Be 230
        Stop-CdbLogger $log -WarningAction Ignore
    }

    It 'counts entries set aside for -MaxBytes, and says how to remove them' {
        $log = New-CdbLogger (Join-Path $TestDrive 'asidelimit.db') -MaxBytes 1500 -Sink (New-CdbSink -ConnectorDb (Join-Path $TestDrive 'asidelimit.cdb'))
        Add-CdbLoggerStream m -Schema string -Force -Logger $log
        Write-CdbLog m 'new' -Timestamp '2020-01-02T00:00:00Z' -Logger $log
        $null = Sync-CdbLogger $log
        Write-CdbLog m ('a' * 1200) -Timestamp '2020-01-01T00:00:00Z' -Logger $log
        $null = Sync-CdbLogger $log -WarningAction Ignore
        { Write-CdbLog m ('b' * 200) -Logger $log -ErrorAction Stop } | Should -Throw -ExpectedMessage '*holds 0 bytes of waiting entries and 1*Clear-CdbLogger -SetAside*'
        Clear-CdbLogger -SetAside -Logger $log -Confirm:$false
        Write-CdbLog m ('b' * 200) -Logger $log
        $log.Cached | Should -Be 1
        Stop-CdbLogger $log -WarningAction Ignore
    }

    It 'declares missing streams where the logger allows it' {
        $log = New-CdbLogger (Join-Path $TestDrive 'auto.db') -AutoDeclare
        Write-CdbLog any 1 -Logger $log
        $log.Streams | Should -Be 'any'
        Stop-CdbLogger $log -WarningAction Ignore
    }

    It 'reports an undeclared stream' {
        { Write-CdbLog unknown 1 } | Should -Throw -ErrorId 'NotFound*'
    }

    It 'explains how to open a logger when none is open' {
        Stop-CdbLogger
        { Write-CdbLog numbers 1 } | Should -Throw -ExpectedMessage '*Start-CdbLogger*'
        $logger = New-CdbLogger $cache
    }

    It 'writes the missed events of an Initial State streamer in the order of their times, each key to its stream' {
        $missed = Join-Path $TestDrive err_missed_events.txt
        @(
            '{"bucketKey": "b", "bucketName": "Attic"}'
            '[{"key": "hall temp", "value": 21.5, "epoch": 1500000002.25}, {"key": "door", "value": "open", "epoch": 1500000003}]'
            '[{"key": "hall temp", "value": 21, "epoch": 1500000001.5}, {"key": "door", "value": true}, {"key": "door", "value": NaN, "epoch": 1500000004}]'
            'cut off ['
        ) | Set-Content $missed
        $file = Join-Path $TestDrive missed.jsonl
        $log = New-CdbLogger (Join-Path $TestDrive missed.db) -Sink (New-CdbSink -JsonFile $file)

        Write-CdbLog -MissedEvents $missed -Logger $log -ErrorVariable failed -ErrorAction SilentlyContinue

        $failed | Should -HaveCount 3
        "$failed" | Should -BeLike '*Line 3 *element 2*element 3*Line 4 *'
        (Sync-CdbLogger -Logger $log).Sent | Should -Be 3
        $sent = Get-Content $file | ConvertFrom-Json
        ($sent | Where-Object channel -EQ 'hall temp').t | Should -Be 1500000001.5, 1500000002.25
        ($sent | Where-Object channel -EQ 'door').d | Should -Be 'open'
        { Write-CdbLog -MissedEvents ./nothing.txt -Logger $log -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*'
        Stop-CdbLogger $log
    }

    It 'says that a file of missed events has none' {
        $empty = (New-Item (Join-Path $TestDrive 'missed-nothing.txt')).FullName
        $log = New-CdbLogger (Join-Path $TestDrive 'missed-nothing.db') -AutoDeclare
        Write-CdbLog -MissedEvents $empty -Logger $log -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*missed-nothing.txt' has no events*"
        Stop-CdbLogger $log
    }

    It 'says that a logger has no streams yet, or which it has' {
        $log = New-CdbLogger (Join-Path $TestDrive 'streamless.db')
        { Write-CdbLog x 1 -Logger $log -ErrorAction Stop } | Should -Throw -ExpectedMessage "The logger has no stream 'x'.*It has no streams yet."
        Add-CdbLoggerStream y -Force -Logger $log
        { Write-CdbLog x 1 -Logger $log -ErrorAction Stop } | Should -Throw -ExpectedMessage "*It has: y."
        1..299 | ForEach-Object { Add-CdbLoggerStream "n$_" -Force -Logger $log }
        { Write-CdbLog x 1 -Logger $log -ErrorAction Stop } | Should -Throw -ExpectedMessage "*It has: *, …; (Get-CdbLogger).Streams lists all."
        Stop-CdbLogger $log
    }
}
