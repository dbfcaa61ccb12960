BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Get-CdbPollItem' {
    It 'shows how an item stands' {
        Add-CdbPollItem up system.uptime -Interval 1m
        $item = Get-CdbPollItem up
        $item.Key | Should -Be system.uptime
        $item.Errors | Should -Be 0
    }

    It 'names every fault of a file with its line' {
        '{ "items": [', '{ "name": "a", "key": "net.pong", "interval": 1 },', '{ "name": "b", "key": "net.ping", "interval": 0 } ] }' | Set-Content $config
        { Get-CdbPollItem -Path $config } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*line 2:*line 3:*'
    }
}
