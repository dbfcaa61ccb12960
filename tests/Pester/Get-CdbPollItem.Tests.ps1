BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Get-CdbPollItem' {
    It 'shows the state of an item' {
        Add-CdbPollItem up system.uptime -Interval 1m
        $item = Get-CdbPollItem up
        $item.Key | Should -Be system.uptime
        $item.Errors | Should -Be 0
    }

    It 'reports every error of a file with its line' {
        '{ "items": [', '{ "name": "a", "key": "net.pong", "interval": 1 },', '{ "name": "b", "key": "net.ping", "interval": 0 } ] }' | Set-Content $config
        { Get-CdbPollItem -Path $config } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*line 2:*line 3:*'
    }

    It 'marks an unavailable sampler once' -Skip:$IsWindows {
        Add-CdbPollItem w windows.counter '\System\Threads' -Interval 1s -Timeout 1m
        Wait-Until { (Get-CdbPollItem w).NotAvailable }
        (Get-CdbPollItem w).Errors | Should -Be 1
        $poller.Status.NotAvailable | Should -Be 1
        (Get-CdbPollItem w).NextPoll | Should -BeNullOrEmpty
    }

    It 'is a table of 80 columns with the last error' {
        Add-CdbPollItem broken exec.value 'exit 3' -Interval 1s
        Wait-Until { (Get-CdbPollItem broken).LastError }
        $table = (Get-CdbPollItem broken | Out-String -Width 80) -split '\r?\n'
        $table | Where-Object Length -GT 80 | Should -BeNullOrEmpty
        "$table" | Should -BeLike '*LastError*'
        ("$table" -replace '\s') | Should -BeLike "*$((Get-CdbPollItem broken).LastError.Substring(0, 12) -replace '\s')*"
    }

    It 'explains how to start a poller when none runs' {
        Stop-CdbPoller
        { Get-CdbPollItem } | Should -Throw -ErrorId 'StoreClosed,*'
        $poller = Start-CdbPoller -Logger $logger
    }
}
