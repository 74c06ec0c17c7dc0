"""遥感: what people claim of land is tested against images. The only app that asks `earth`."""
